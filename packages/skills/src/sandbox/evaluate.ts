// Runs inside a cell, beside the program's interpreter. It imports nothing of the rest of Roster: a cell is given these files and the
// interpreter's, and no others.
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'

import { HostCalls } from './host-calls.ts'
import { interpreter } from './interpreter.ts'
import { jsonText } from './json-text.ts'
import { problemOf } from './problem-of.ts'
import { ProgramFailure } from './program-failure.ts'
import type { CellRequest, FromCell, ToCell } from './protocol.ts'
import type { WasmModule } from './wasm.ts'

/** Jobs of promises that are done before the time is looked at again. */
const jobsAtOnce = 200

/** A program under way in this cell. */
export interface Evaluation {
  /** What came of it. Never rejects. */
  readonly outcome: Promise<FromCell>
  readonly take: (answer: Exclude<ToCell, readonly ['run', CellRequest]>) => void
}

/** Runs one program, and only one: what it leaves behind goes with the cell. */
export function evaluate(
  request: CellRequest,
  say: (message: FromCell) => void,
  wasmModule: WasmModule | undefined,
): Evaluation {
  let calls: HostCalls | undefined
  const run = async (): Promise<FromCell> => {
    // oxlint-disable-next-line roster/no-ambient -- the limit is wall time, inside a cell that has no Clock
    const over = Date.now() + request.limits.timeMs
    // oxlint-disable-next-line roster/no-ambient -- as above
    const isOver = (): boolean => Date.now() >= over
    const vm = await interpreter(request.limits, isOver, wasmModule)
    const json = jsonText(vm)
    calls = new HostCalls(vm, json, request.limits, say)
    const program: Program = { vm, calls, isOver }
    const main = await mainOf(program, request.code)
    const called = vm.callFunction(main, vm.undefined, json.parse(request.input), calls.object(request.functions))
    const value = await settled(program, valueOf(vm, called))
    return ['done', json.text(value, request.limits.outputBytes)]
  }
  return { outcome: run().catch(failed), take: (answer) => calls?.take(answer) }
}

interface Program {
  readonly vm: QuickJSContext
  readonly calls: HostCalls
  readonly isOver: () => boolean
}

async function mainOf(program: Program, code: string): Promise<QuickJSHandle> {
  const { vm } = program
  const exports = await settled(program, valueOf(vm, vm.evalCode(code, 'program.js', { type: 'module' })))
  const main = vm.typeof(exports) === 'object' ? vm.getProp(exports, 'default') : vm.undefined
  if (vm.typeof(main) === 'function') return main
  throw new ProgramFailure('program-failed', 'it has no function as its default export')
}

function valueOf(vm: QuickJSContext, result: ReturnType<QuickJSContext['callFunction']>): QuickJSHandle {
  if (result.error !== undefined) throw problemOf(vm, result.error)
  return result.value
}

/** What a promise of the program comes to. */
async function settled(program: Program, handle: QuickJSHandle): Promise<QuickJSHandle> {
  const { vm, isOver } = program
  for (;;) {
    const state = vm.getPromiseState(handle)
    if (state.type === 'fulfilled') return state.notAPromise === true ? handle : state.value
    if (state.type === 'rejected') throw problemOf(vm, state.error)
    if (isOver()) throw new ProgramFailure('timeout', 'it did not end in time')
    await goneOn(program)
  }
}

/** Does what the program's promises have to do, or waits for the host's answer. */
async function goneOn({ vm, calls }: Program): Promise<void> {
  if (!vm.runtime.hasPendingJob()) {
    if (calls.open === 0) throw new ProgramFailure('program-failed', 'it waits for what never comes')
    await calls.next()
    return
  }
  const jobs = vm.runtime.executePendingJobs(jobsAtOnce)
  if (jobs.error !== undefined) throw problemOf(vm, jobs.error)
  // Answers of the host come as events of this thread: a program that is never idle would not hear them.
  if (calls.open > 0) await new Promise(setImmediate)
}

/** A trap of WebAssembly ends up here too: the cell is thrown away in any case. */
function failed(error: unknown): FromCell {
  if (error instanceof ProgramFailure) return ['failed', error.code, error.message]
  return ['failed', 'program-failed', `the interpreter gave up: ${String(error).slice(0, 200)}`]
}
