import { main, stopped, type HostileProgram } from './hostile-program.ts'

/** Tricks with prototypes: to change what the host does with what it gets. */
export const prototypes: readonly HostileProgram[] = [
  {
    name: 'answers a __proto__',
    code: main('return JSON.parse(\'{"__proto__":{"polluted":true}}\')'),
    ends: ['not-json'],
    usual: true,
  },
  {
    name: 'answers through a replaced JSON',
    code: main('JSON.stringify = () => "\\u0000"; JSON.parse = () => { throw 1 }; return { fine: true }'),
    ends: ['done'],
    answers: [{ fine: true }],
  },
  {
    name: 'gives every object a toJSON',
    code: main('Object.prototype.toJSON = function () { return "x".repeat(1e6) }; return {}'),
    ends: ['size-exceeded'],
  },
  {
    name: 'gives every object a then',
    code: main('Object.prototype.then = function () { for (;;); }; return {}'),
    ends: [...stopped, 'done'],
  },
  {
    name: 'replaces Promise and its species',
    code: main('globalThis.Promise = null; Array.prototype.push = () => { throw 1 }; return [1]'),
    ends: ['done'],
  },
  {
    name: 'pollutes every prototype',
    code: main(
      'for (const c of [Object, Array, String, Function, Number]) c.prototype.polluted = "yes"; return { ok: ({}).polluted }',
    ),
    ends: ['done'],
  },
]
