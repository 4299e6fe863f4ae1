import release from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type CustomizeVariantOptions,
  type QuickJSContext,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten-core'

import type { CellLimits } from './protocol.ts'
import { wasm, type WasmModule } from './wasm.ts'

/** Its declarations are those of a CommonJS module; what is imported is the other one, with the variant as its default. */
const variant = release as unknown as QuickJSSyncVariant

const pageBytes = 65_536

/** What the interpreter needs before it can begin, in pages. */
const initialPages = 256

/** Stack of the interpreter: less than the thread has, so that endless recursion is an error of the program and not of the thread. */
const stackBytes = 256 * 1024

/**
 * A fresh interpreter in a memory of its own. The memory's maximum is the limit: the interpreter's own limit does not count all that it
 * takes, and without a maximum it may grow to 2 GiB. `isOver` is asked now and then; built-ins do not ask, so it is the soft end only.
 */
export async function interpreter(
  { memoryBytes }: CellLimits,
  isOver: () => boolean,
  wasmModule: WasmModule | undefined,
): Promise<QuickJSContext> {
  const wasmMemory = new wasm.Memory({ initial: initialPages, maximum: Math.floor(memoryBytes / pageBytes) })
  const parts = {
    wasmMemory,
    ...(wasmModule === undefined ? {} : { wasmModule }),
    emscriptenModule: { print: () => {}, printErr: () => {} },
  } as unknown as CustomizeVariantOptions
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, parts))
  const runtime = quickjs.newRuntime()
  runtime.setMaxStackSize(stackBytes)
  runtime.setInterruptHandler(isOver)
  return runtime.newContext()
}
