import type { Operations } from '../client/operations.ts'

const callable: { readonly [Method in keyof Operations]: true } = {
  publish: true,
  keepDocument: true,
  tasks: true,
  task: true,
  settled: true,
  cancel: true,
  inbox: true,
  decide: true,
  who: true,
  status: true,
  tellOwners: true,
  log: true,
  replay: true,
  why: true,
  prompt: true,
  verify: true,
  export: true,
  check: true,
  deadLetters: true,
  resend: true,
  totals: true,
  stop: true,
  resume: true,
  revoke: true,
  reinstate: true,
  promote: true,
  withdraw: true,
  can: true,
  budget: true,
  raise: true,
  windows: true,
  raiseWindow: true,
  consent: true,
  signReady: true,
  drill: true,
  createSchedule: true,
  pauseSchedule: true,
  resumeSchedule: true,
  deleteSchedule: true,
  schedules: true,
}

/** The methods that may be called across the socket: those of {@link Operations} and no others. */
export const operationMethods = Object.keys(callable) as readonly (keyof Operations)[]

/** Whether a caller's word names one of them; never true for what an object merely inherits. */
export function isOperation(method: unknown): method is keyof Operations {
  return typeof method === 'string' && Object.hasOwn(callable, method)
}
