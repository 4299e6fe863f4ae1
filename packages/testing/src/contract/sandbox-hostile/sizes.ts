import { main, stopped, type HostileProgram } from './hostile-program.ts'

/** What is handed over. */
export const sizes: readonly HostileProgram[] = [
  { name: 'answers more than it may', code: main('return "x".repeat(1e6)'), ends: ['size-exceeded'], usual: true },
  {
    name: 'answers many small things',
    code: main('return Array.from({ length: 2e5 }, () => 0)'),
    ends: ['size-exceeded'],
  },
  { name: 'answers in characters of three bytes', code: main('return "\\u20ac".repeat(9e4)'), ends: ['size-exceeded'] },
  {
    name: 'answers deep nesting',
    code: main('let a = []; for (let i = 0; i < 200; i++) a = [a]; return a'),
    ends: ['size-exceeded'],
    usual: true,
  },
  {
    name: 'answers very deep nesting',
    code: main('let a = []; for (let i = 0; i < 1e5; i++) a = { a }; return a'),
    ends: stopped.concat('size-exceeded'),
  },
  {
    name: 'parses very deep nesting',
    code: main('return JSON.parse("[".repeat(1e6) + "]".repeat(1e6))'),
    ends: stopped.concat('size-exceeded'),
  },
  { name: 'answers a circle', code: main('const a = {}; a.a = a; return a'), ends: ['program-failed'] },
  {
    name: 'throws a message of ten million characters',
    code: main('throw new Error("x".repeat(1e7))'),
    ends: ['program-failed'],
  },
  { name: 'throws what is no error', code: main('throw Symbol("x")'), ends: ['program-failed'] },
  { name: 'answers half a character', code: main('return "\\ud800"'), ends: ['not-json'] },
  { name: 'answers a number beyond all integers', code: main('return 2 ** 60'), ends: ['not-json'] },
]
