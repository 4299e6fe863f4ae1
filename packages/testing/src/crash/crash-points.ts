import type { Store } from '@roster/core'
import { Crash } from './crash.ts'

/** The calls of a store that write, by the name of their crash points. */
const verbs = {
  append: 'append',
  accept: 'accept',
  admit: 'admit',
  withdraw: 'withdraw',
  'count-attempts': 'countAttempts',
  'return-attempts': 'returnAttempts',
  'mark-delivered': 'markDelivered',
  'lease-effects': 'leaseEffects',
  'mark-attempted': 'markAttempted',
  claim: 'claim',
  renew: 'renew',
  release: 'release',
  'save-snapshot': 'saveSnapshot',
  'put-blob': 'putBlob',
  'catch-up': 'catchUp',
} as const satisfies Record<string, keyof Store>

type Verb = keyof typeof verbs

/** Before a call reached the store, or after it was committed and before its answer was seen. */
export type CrashPoint = `before-${Verb}` | `after-${Verb}`

/** Every point at which a crash can be ordered, in the order of the calls' names above. */
export const allCrashPoints: readonly CrashPoint[] = (Object.keys(verbs) as Verb[]).flatMap((verb): CrashPoint[] => [
  `before-${verb}`,
  `after-${verb}`,
])

/** At which call of each point the process dies, counted from 1. */
export type CrashOrders = Readonly<Partial<Record<CrashPoint, number>>>

/**
 * One process's view of a store, which dies at the points ordered: that call throws a {@link Crash}, and so does every later one, because a
 * dead process calls nothing. The store itself lives on. A restarted process is given the store again, or a new view of it. `die` is told
 * first: a test of a real process kills it there.
 *
 * @example
 * const dying = crashPoints(store, { 'after-append': 2 }) // the second append is committed, its answer is lost
 */
export function crashPoints<S extends Store>(store: S, orders: CrashOrders, die: (crash: Crash) => void = () => {}): S {
  const calls = new Map<CrashPoint, number>()
  let crash: Crash | undefined

  const pass = (point: CrashPoint): void => {
    if (crash !== undefined) throw crash
    const count = (calls.get(point) ?? 0) + 1
    calls.set(point, count)
    if (orders[point] !== count) return
    crash = new Crash(point)
    die(crash)
    throw crash
  }

  const verbOf = new Map<string | symbol, Verb>(
    (Object.entries(verbs) as [Verb, keyof Store][]).map(([verb, method]) => [method, verb]),
  )

  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      if (name === Symbol.asyncDispose) return member.bind(target)
      const verb = verbOf.get(name)
      return async (...parameters: readonly unknown[]) => {
        if (crash !== undefined) throw crash
        if (verb !== undefined) pass(`before-${verb}`)
        const answer: unknown = await member.apply(target, parameters)
        if (verb !== undefined) pass(`after-${verb}`)
        else if (crash !== undefined) throw crash
        return answer
      }
    },
  })
}
