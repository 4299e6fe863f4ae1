import { main, stopped, type HostileProgram } from './hostile-program.ts'

/** Memory. */
export const memory: readonly HostileProgram[] = [
  {
    name: 'fills an array',
    code: main('const a = []; for (;;) a.push(new Array(1000).fill(1))'),
    ends: stopped,
    usual: true,
  },
  { name: 'doubles a string', code: main('let s = "x"; for (;;) s += s'), ends: stopped },
  {
    name: 'doubles a string and catches the end',
    code: main('const kept = []; for (;;) try { let s = "x".repeat(1e6); for (;;) { kept.push(s); s += s } } catch {}'),
    ends: stopped,
  },
  {
    name: 'repeats a string a thousand million times',
    code: main('return "x".repeat(2 ** 30 - 1).length'),
    ends: stopped,
  },
  {
    name: 'asks for a buffer of two gigabytes',
    code: main('return new ArrayBuffer(2 ** 31 - 1).byteLength'),
    ends: stopped,
    usual: true,
  },
  {
    name: 'asks for small buffers for ever',
    code: main('const a = []; for (;;) a.push(new Uint8Array(65536).fill(1))'),
    ends: stopped,
  },
  {
    name: 'makes a buffer that can grow',
    code: main('const b = new ArrayBuffer(8, { maxByteLength: 2 ** 31 }); b.resize(2 ** 31); return b.byteLength'),
    ends: stopped,
  },
  { name: 'pads a string to the sky', code: main('return "".padStart(2 ** 30 - 1, "abc").length'), ends: stopped },
  { name: 'multiplies big integers', code: main('let n = 2n ** 4096n; for (;;) n *= n'), ends: stopped },
  {
    name: 'raises a big integer to a power',
    code: main('return String(7n ** (10n ** 9n)).length'),
    ends: stopped,
    usual: true,
  },
  {
    name: 'writes out a big integer',
    code: main('return (2n ** 3000000n).toString().length'),
    ends: [...stopped, 'done'],
  },
  {
    name: 'adds properties for ever',
    code: main('const o = {}; for (let i = 0; ; i++) o["k" + i] = i'),
    ends: stopped,
  },
  { name: 'fills a map', code: main('const m = new Map(); for (let i = 0; ; i++) m.set(i, { i })'), ends: stopped },
  {
    name: 'closes over everything',
    code: main('let f = () => 0; for (;;) { const g = f; f = () => g() + 1 }'),
    ends: stopped,
  },
]
