import { RosterError } from '../error/roster-error.ts'

/** That a machine did or would do something that cannot be made durable. */
export function notDurable(definition: string, what: string, path: string): RosterError {
  return new RosterError('not-durable', `${definition}: ${what}; it cannot be made durable`, {
    path,
    hint: 'A machine may assign, raise, cancel and invoke skills, and a colleague emits; everything else belongs in a tool.',
  })
}
