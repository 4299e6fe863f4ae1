/**
 * Finds a function of a machine that is not pure: while checking, each is called a second time, in a world with another clock and other
 * randomness. It costs a call more for each call, so it is for development and tests.
 *
 * The switch is module state, which is safe because a step is synchronous.
 */
import { RosterError } from '../error/roster-error.ts'
import { canonical } from '../json/canonical.ts'
import { elsewhere } from './elsewhere.ts'

let checking = false
let repeating = false
let found: RosterError | undefined

/** Whether what is called now was called before, only to be compared. */
export const isRepeating = (): boolean => repeating

/** Runs something with every function of every machine called twice. @throws RosterError `impure`, naming the action or guard */
export function checkingPurity<T>(run: () => T): T {
  const before = { checking, found }
  checking = true
  found = undefined
  try {
    return run()
  } catch (error) {
    // XState throws an error of its own for that of a guard.
    throw found ?? error
  } finally {
    ;({ checking, found } = before)
  }
}

/** Calls a function of a machine, and again elsewhere if purity is checked. `what` names it in the error. */
export function pureCall<T>(what: string, call: () => T): T {
  if (!checking) return call()
  const first = call()
  const told = textOf(first)
  const again = textOf(repeated(call))
  if (again === told) return first
  throw (found = new RosterError('impure', `${what} gives ${told} and then, of the same input, ${again}`, {
    path: what,
    hint: 'A machine sees no clock and no randomness, and changes nothing: take times and ids from the event, use `after` to wait.',
  }))
}

function repeated(call: () => unknown): unknown {
  checking = false
  repeating = true
  try {
    return elsewhere(() => attempted(call))
  } finally {
    checking = true
    repeating = false
  }
}

interface Thrown {
  readonly throws: string
}

function attempted<T>(call: () => T): T | Thrown {
  try {
    return call()
  } catch (error) {
    return { throws: error instanceof Error ? error.message : String(error) }
  }
}

/** What is not JSON is refused with the step, by a better error. */
function textOf(value: unknown): string {
  if (typeof value === 'function') return String(value)
  try {
    return canonical(value ?? null)
  } catch {
    return 'what JSON cannot carry'
  }
}
