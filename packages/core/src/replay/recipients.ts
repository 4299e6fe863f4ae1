import { identify } from '../actor/identity.ts'
import type { Sha256 } from '../json/sha256.ts'
import type { Envelope } from '../record/record.ts'
import type { StreamName } from '../stream/stream-name.ts'

/** More consequences than any step has: some of them leave no trace, such as a timer set and cancelled at once. */
const maxConsequences = 1000

/** To whom a step's messages went, in the order in which they were made: whoever of a role got the work then gets it again. */
export function recipientsOf(
  { stream, version, sent }: Pick<Envelope, 'stream' | 'version' | 'sent'>,
  sha256: Sha256,
): StreamName[] {
  const id = identify(sha256, stream, version)
  const unplaced = new Map(sent.map((message) => [message.id, message.to]))
  const recipients: StreamName[] = []
  for (let index = 0; index < maxConsequences && unplaced.size > 0; index++) {
    const next = id()
    const to = unplaced.get(next)
    if (to !== undefined) recipients.push(to)
    unplaced.delete(next)
  }
  return recipients
}
