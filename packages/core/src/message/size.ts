import { RosterError } from '../error/roster-error.ts'
import type { Message } from './message.ts'

/** The most that a message may take, in bytes of canonical JSON; what is larger goes by reference. */
export const maxMessageBytes = 65_536

/**
 * Lets a message of this size pass.
 *
 * @throws RosterError `message-too-large`, which names it.
 */
export function refuseLarge(
  { id, type, sender }: Pick<Message, 'id' | 'type' | 'sender'>,
  to: string,
  bytes: number,
): void {
  if (bytes <= maxMessageBytes) return
  const what = `the ${type} ${id} from ${sender} to ${to}`
  throw new RosterError('message-too-large', `${what} takes ${bytes} bytes; at most ${maxMessageBytes} are carried`, {
    path: '/payload',
    hint: 'Keep large content as a blob and send its hash.',
  })
}
