import { main, stopped, type HostileProgram } from './hostile-program.ts'

/** Loops, some of them inside of built-ins, which no interpreter interrupts. */
export const loops: readonly HostileProgram[] = [
  { name: 'loops for ever', code: main('for (;;);'), ends: ['timeout'], usual: true },
  { name: 'loops for ever before it is called', code: 'for (;;); export default () => 1', ends: ['timeout'] },
  { name: 'catches what interrupts it', code: main('for (;;) try { for (;;); } catch {}'), ends: ['timeout'] },
  {
    name: 'loops on in finally',
    code: main('try { for (;;); } finally { for (;;); }'),
    ends: ['timeout'],
  },
  {
    name: 'joins two thousand million holes',
    code: main('const a = [1]; a.length = 2 ** 31; return a.join("x").length'),
    ends: stopped,
    usual: true,
  },
  {
    name: 'looks for what is not in an endless array',
    code: main('return { length: 2 ** 53 - 1 } && Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)'),
    ends: stopped,
  },
  {
    name: 'reverses an endless array',
    code: main('Array.prototype.reverse.call({ length: 2 ** 53 - 1 })'),
    ends: stopped,
  },
  {
    name: 'sorts with a comparison that lies',
    code: main('const a = Array.from({ length: 2e5 }, (_, i) => i); for (;;) a.sort(() => Math.random() - 0.5)'),
    ends: stopped,
  },
  {
    name: 'fills an array that has no end',
    code: main('Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 0)'),
    ends: stopped,
  },
  {
    name: 'iterates over what has no end',
    code: main('return [...{ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) }]'),
    ends: stopped,
  },
  {
    name: 'spreads a generator without end',
    code: main('return Math.max(...(function* () { for (;;) yield 1 })())'),
    ends: stopped,
  },
  {
    name: 'recurses without end',
    code: main('const f = () => f() + 1; return f()'),
    ends: ['program-failed'],
    usual: true,
  },
  {
    name: 'recurses through toString',
    code: main('const o = { toString() { return `${o}` } }; return `${o}`'),
    ends: stopped,
  },
  {
    name: 'recurses through a proxy of itself',
    code: main('const p = new Proxy({}, { get: (_, k) => p[k] }); return p.x'),
    ends: stopped,
  },
  {
    name: 'recurses through getters of JSON',
    code: main('const o = { get a() { return o } }; return o'),
    ends: stopped,
  },
  { name: 'never ends its toJSON', code: main('return { toJSON() { for (;;); } }'), ends: ['timeout'] },
  {
    name: 'throws an error whose message never ends',
    code: main('throw { get name() { for (;;); }, get message() { for (;;); } }'),
    ends: stopped,
  },
]
