import { pureCall } from './purity.ts'

type Expression = (...args: readonly unknown[]) => unknown
type Enqueue = Expression & Readonly<Record<string, Expression>>
type Collect = (given: { readonly enqueue: Enqueue }, params: unknown) => void

/** What XState's creators keep of the author's beside an action: `assign`, `raise` and `emit`, `cancel`, and parameters. */
const members = ['assignment', 'event', 'id', 'delay', 'sendId', 'params']

/** The same function, whose purity can be checked; what is no function as it is. */
export function pureFunction(value: unknown, what: string): unknown {
  if (typeof value !== 'function') return value
  const call = value as Expression
  return Object.defineProperty((...args: readonly unknown[]) => pureCall(what, () => call(...args)), 'name', {
    value: value.name,
  })
}

/** An action of which each function of the author's can be checked for purity. */
export function pureAction(action: unknown, what: string): unknown {
  if (action === null || (typeof action !== 'function' && typeof action !== 'object')) return action
  const copy: Record<string, unknown> =
    typeof action === 'function' ? Object.assign(passing(action as Expression), action) : { ...action }
  for (const member of members) if (Object.hasOwn(copy, member)) copy[member] = pureMember(copy[member], what)
  const { collect } = copy
  if (typeof collect === 'function') copy['collect'] = pureCollect(collect as Collect, what)
  return copy
}

function passing(action: Expression): Record<string, unknown> {
  const pass: Expression = (...args) => action(...args)
  return Object.defineProperty(pass, 'name', { value: action.name }) as unknown as Record<string, unknown>
}

/** An expression, or an assignment that has one for each key. */
function pureMember(value: unknown, what: string): unknown {
  if (typeof value !== 'object' || value === null) return pureFunction(value, what)
  const keys = Object.entries(value).map(([key, inner]) => [key, pureFunction(inner, `${what}, "${key}"`)])
  return Object.fromEntries(keys)
}

/** Whoever enqueues is asked once for good, and compared by what it enqueues; what it enqueues is checked where it is carried out. */
function pureCollect(collect: Collect, what: string): Collect {
  return (given, params) => {
    let isAgain = false
    pureCall(what, () => {
      const told: unknown[] = []
      const enqueue = recording(given.enqueue, told, isAgain, what)
      isAgain = true
      collect({ ...given, enqueue }, params)
      return told
    })
  }
}

function recording(enqueue: Enqueue, told: unknown[], isDry: boolean, what: string): Enqueue {
  const record =
    (name: string, carryOut: Expression): Expression =>
    (...args) => {
      told.push([name, ...args.map(asTold)])
      return isDry ? undefined : carryOut(...args.map((arg) => pureArgument(arg, what)))
    }
  const named = Object.entries(enqueue).map(([name, carryOut]) => [name, record(name, carryOut)])
  return Object.assign(record('enqueue', enqueue), Object.fromEntries(named)) as Enqueue
}

function pureArgument(value: unknown, what: string): unknown {
  return typeof value === 'function' && !('resolve' in value)
    ? pureFunction(value, what)
    : pureMemberOrAction(value, what)
}

function pureMemberOrAction(value: unknown, what: string): unknown {
  return typeof value === 'function' ? pureAction(value, what) : pureMember(value, what)
}

/** Functions are told by their text. */
function asTold(value: unknown): unknown {
  if (typeof value === 'function') return String(value)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTold(inner)]))
}
