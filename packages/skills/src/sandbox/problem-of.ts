import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'

import { ProgramFailure } from './program-failure.ts'

/** Characters of a program's own message that are kept. */
const maxMessage = 500

/** Errors of the interpreter itself, by what they say. A program that throws the like only calls itself so. */
const ownErrors: readonly (readonly [RegExp, string, string])[] = [
  [/^InternalError: out of memory/, 'memory-exceeded', 'it asked for more memory than its limit'],
  [/^InternalError: interrupted/, 'timeout', 'it did not end in time'],
]

/** What a program threw, as a failure. Only two strings are read of it, each after its length. */
export function problemOf(vm: QuickJSContext, thrown: QuickJSHandle): ProgramFailure {
  const said = vm.typeof(thrown) === 'object' ? wordsOf(textOf(vm, thrown, 'name'), textOf(vm, thrown, 'message')) : ''
  for (const [pattern, code, message] of ownErrors) if (pattern.test(said)) return new ProgramFailure(code, message)
  const thing = vm.typeof(thrown) === 'string' ? short(vm, thrown) : said
  return new ProgramFailure('program-failed', `it threw ${thing === '' ? `a ${vm.typeof(thrown)}` : thing}`)
}

function wordsOf(name: string, message: string): string {
  return [name, message].filter((part) => part !== '').join(': ')
}

function textOf(vm: QuickJSContext, thrown: QuickJSHandle, member: 'name' | 'message'): string {
  const text = vm.getProp(thrown, member)
  return vm.typeof(text) === 'string' ? short(vm, text) : ''
}

function short(vm: QuickJSContext, text: QuickJSHandle): string {
  const length = vm.getNumber(vm.getProp(text, 'length'))
  return length > 10_000 ? `a message of ${length} characters` : vm.getString(text).slice(0, maxMessage).toWellFormed()
}
