import { main, type HostileProgram } from './hostile-program.ts'

/** Ways out: to files, the network, the environment, the host's own objects. Each answers what it found. */
export const escapes: readonly HostileProgram[] = [
  {
    name: 'looks for what a host has',
    code: main(
      'return ["process", "require", "fetch", "XMLHttpRequest", "WebSocket", "Deno", "Bun", "Buffer", "module", "global", "WebAssembly", "SharedArrayBuffer", "Atomics", "Worker", "postMessage", "std", "os", "setTimeout", "navigator", "performance"].filter((name) => { try { return ["SharedArrayBuffer", "Atomics", "performance"].includes(name) ? false : globalThis[name] !== undefined } catch { return true } })',
    ),
    ends: ['done'],
    answers: [[]],
    usual: true,
  },
  {
    name: 'imports a module of the host',
    code: 'import fs from "node:fs"; export default () => fs.readdirSync("/")',
    ends: ['program-failed'],
    usual: true,
  },
  {
    name: 'imports a module of the interpreter',
    code: 'import * as std from "qjs:std"; export default () => std.getenviron()',
    ends: ['program-failed'],
  },
  {
    name: 'imports while it runs',
    code: 'export default async ({ file, port }) => { const found = []; for (const name of [file, `file://${file}`, `http://127.0.0.1:${port}/`, "fs", "node:fs", "std", "os", "qjs:os", "file:///etc/passwd", "/etc/passwd", "data:text/javascript,export default 1"]) try { await import(name); found.push(name) } catch {} return found }',
    ends: ['done'],
    answers: [[]],
  },
  {
    name: 'makes functions of texts',
    code: main(
      'const found = []; for (const make of [Function, (async () => {}).constructor, (function* () {}).constructor]) { try { const p = make("return process")(); found.push(String(p)) } catch {} } return found.filter((x) => !x.startsWith("[object"))',
    ),
    ends: ['done'],
    answers: [[]],
  },
  {
    name: 'climbs out of a host function',
    code: main(
      'const found = []; try { found.push(host.look.constructor.constructor("return process.env")()) } catch {} return found',
    ),
    ends: ['done'],
    answers: [[]],
    functions: { look: () => 1 },
    usual: true,
  },
  {
    name: 'looks along a stack of the host',
    code: main(
      'Error.prepareStackTrace = (_, frames) => frames; try { host.look({ get a() { throw new Error("x") } }) } catch (error) { return String(error.stack).includes("node:") } return false',
    ),
    ends: ['done'],
    answers: [false],
    functions: { look: () => 1 },
  },
  { name: 'calls a host function that it was not given', code: main('return host.secret()'), ends: ['program-failed'] },
  {
    name: 'calls host functions by inherited names',
    code: main('return [typeof host.constructor, typeof host.__proto__, typeof host.toString]'),
    ends: ['done'],
    answers: [['undefined', 'undefined', 'undefined']],
    functions: { look: () => 1 },
  },
  {
    name: 'floods the host with calls',
    code: main('return Promise.all(Array.from({ length: 5000 }, () => host.look()))'),
    ends: ['over-limit', 'program-failed'],
    functions: { look: () => 1 },
    usual: true,
  },
  {
    name: 'floods the host with calls and hides it',
    code: 'export default async (input, host) => { for (let i = 0; i < 5000; i++) try { await host.look() } catch {} return "quiet" }',
    ends: ['over-limit', 'done'],
    functions: { look: () => 1 },
  },
  {
    name: 'hands a host function too much',
    code: main('return host.look("x".repeat(1e6))'),
    ends: ['size-exceeded', 'program-failed'],
    functions: { look: () => 1 },
  },
  {
    name: 'hands a host function deep nesting',
    code: main('let a = []; for (let i = 0; i < 200; i++) a = [a]; return host.look(a)'),
    ends: ['size-exceeded'],
    functions: { look: () => 1 },
  },
  {
    name: 'is answered too much by the host',
    code: main('return host.look()'),
    ends: ['size-exceeded'],
    functions: { look: () => 'x'.repeat(1e6) },
  },
  { name: 'is no program', code: 'this is no program', ends: ['program-failed'] },
  { name: 'exports no function', code: 'export default 5', ends: ['program-failed'] },
]
