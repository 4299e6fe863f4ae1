import { main, stopped, type HostileProgram } from './hostile-program.ts'

/** Regular expressions. */
export const expressions: readonly HostileProgram[] = [
  {
    name: 'matches with nested repetitions',
    code: main('return /^(a+)+$/.test("a".repeat(40) + "!")'),
    ends: stopped,
    usual: true,
  },
  {
    name: 'matches with overlapping alternatives',
    code: main('return /^(a|aa)+$/.test("a".repeat(60) + "!")'),
    ends: stopped,
  },
  {
    name: 'matches with back references',
    code: main('return /^(?:(a*)\\1)*b$/.test("a".repeat(5000))'),
    ends: [...stopped, 'done'],
  },
  {
    name: 'compiles an expression of a million groups',
    code: main('return new RegExp("(".repeat(1e6) + ")".repeat(1e6)).source.length'),
    ends: stopped,
  },
  {
    name: 'compiles repetitions of repetitions',
    code: main('return new RegExp("(?:".repeat(12) + "a" + "{1,1000})".repeat(12)).test("a".repeat(1e5))'),
    ends: [...stopped, 'done'],
  },
  {
    name: 'replaces by a function in a long text',
    code: main('for (;;) "a".repeat(1e6).replace(/a/g, () => "bb")'),
    ends: stopped,
  },
]
