import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'

import { ProgramFailure } from './program-failure.ts'
import { problemOf } from './problem-of.ts'

/** Values of a program as JSON text and back, by the functions that were there before the program ran. */
export interface JsonText {
  readonly parse: (text: string) => QuickJSHandle
  /** @throws ProgramFailure `size-exceeded`, before anything longer is copied out; `program-failed` for what is no JSON */
  readonly text: (value: QuickJSHandle, maxBytes: number) => string
}

/** Takes `JSON.parse` and `JSON.stringify` of a context to which nothing was done yet. */
export function jsonText(vm: QuickJSContext): JsonText {
  const json = vm.getProp(vm.global, 'JSON')
  const [parse, stringify] = [vm.getProp(json, 'parse'), vm.getProp(json, 'stringify')]
  const call = (what: QuickJSHandle, value: QuickJSHandle): QuickJSHandle => {
    const result = vm.callFunction(what, vm.undefined, value)
    if (result.error !== undefined) throw problemOf(vm, result.error)
    return result.value
  }
  return {
    parse: (text) => call(parse, vm.newString(text)),
    text: (value, maxBytes) => {
      const text = call(stringify, value)
      if (vm.typeof(text) === 'undefined') return 'null'
      if (vm.typeof(text) !== 'string') throw new ProgramFailure('program-failed', 'what it gives is no JSON')
      // The length first: a string of the program's memory is copied into this thread's.
      const tooLong = () => new ProgramFailure('size-exceeded', `what it gives is larger than ${maxBytes} bytes`)
      if (vm.getNumber(vm.getProp(text, 'length')) > maxBytes) throw tooLong()
      const copy = vm.getString(text)
      if (Buffer.byteLength(copy) > maxBytes) throw tooLong()
      return copy
    },
  }
}
