import { createHash } from 'node:crypto'

import type { Exported } from 'roster/client'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The records of an export whose hashes do not fit, by position. It uses nothing of Roster: two hashes a record are all there is. */
export function misfits({ records }: Exported): readonly number[] {
  const ends = new Map<string, string>()
  return records
    .filter(({ envelope, body, salt, previousHash, hash }) => {
      const { stream, bodyHash } = JSON.parse(envelope) as { stream: string; bodyHash: string }
      const follows = previousHash === (ends.get(stream) ?? '0'.repeat(64))
      ends.set(stream, hash)
      const whole = sha256(`roster.record.1\n${previousHash}\n${envelope}`) === hash
      return !(follows && whole && (body === null || sha256(`roster.body.1\n${salt}\n${body}`) === bodyHash))
    })
    .map(({ position }) => position)
}
