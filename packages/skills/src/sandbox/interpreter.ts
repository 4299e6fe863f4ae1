import release from '@jitl/quickjs-wasmfile-release-sync'
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSContext } from 'quickjs-emscripten-core'

import type { CellLimits } from './protocol.ts'

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
  wasmModule: WebAssembly.Module | undefined,
): Promise<QuickJSContext> {
  const wasmMemory = new WebAssembly.Memory({ initial: initialPages, maximum: Math.floor(memoryBytes / pageBytes) })
  const silent = { print: () => {}, printErr: () => {} }
  const compiled = wasmModule === undefined ? {} : { wasmModule }
  const quickjs = await newQuickJSWASMModuleFromVariant(
    newVariant(release, { ...compiled, wasmMemory, emscriptenModule: silent }),
  )
  const runtime = quickjs.newRuntime()
  runtime.setMaxStackSize(stackBytes)
  runtime.setInterruptHandler(isOver)
  return runtime.newContext()
}
