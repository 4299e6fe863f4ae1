import { main, stopped, type HostileProgram } from './hostile-program.ts'

/** Promises. */
export const promises: readonly HostileProgram[] = [
  {
    name: 'promises in circles',
    code: main('const f = () => Promise.resolve().then(f); return f()'),
    ends: stopped,
    usual: true,
  },
  {
    name: 'floods with promises',
    code: main(
      'const f = () => { for (let i = 0; i < 1000; i++) Promise.resolve().then(f) }; f(); return new Promise(() => {})',
    ),
    ends: stopped,
  },
  {
    name: 'waits for what never comes',
    code: main('return new Promise(() => {})'),
    ends: ['program-failed'],
    usual: true,
  },
  {
    name: 'waits for ever at its top',
    code: 'await new Promise(() => {}); export default () => 1',
    ends: ['program-failed'],
  },
  {
    name: 'answers with a thenable that never answers',
    code: main('return Promise.resolve({ then() {} })'),
    ends: ['program-failed'],
  },
  {
    name: 'resolves to itself',
    code: main('let r; const p = new Promise((f) => (r = f)); r(p); return p'),
    ends: ['program-failed'],
  },
  { name: 'awaits in an endless loop', code: 'export default async () => { for (;;) await null }', ends: ['timeout'] },
  {
    name: 'iterates asynchronously without end',
    code: 'export default async () => { const g = async function* () { for (;;) yield 1 }; for await (const x of g()); }',
    ends: ['timeout'],
  },
]
