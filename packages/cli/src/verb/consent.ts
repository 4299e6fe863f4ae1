import type { WaitingConsents } from 'roster/client'

import type { Call } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { usageError } from '../failure/command-error.ts'
import { exitCode, type ExitCode } from '../failure/exit-code.ts'
import { namedPerson } from '../team/named-person.ts'
import { recordsOf } from '../team/records.ts'
import { columns } from '../terminal/columns.ts'
import { safeText } from '../terminal/safe-text.ts'

export const consent = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'consent [thing]',
    summary: 'agree to a change of something that you depend on; without a thing, list what waits',
    examples: ['consent', 'consent tool/pay --as controller', 'consent policies --as controller --json'],
    notes:
      'A thing is tool/<name>, colleague/<name> or policies. What is agreed to is what the team file says now: another change waits again.\n' +
      'It is signed with the key of the person. Outside development a team is not loaded before every owner concerned has agreed.\n' +
      'The team need not be at work; what is pending stays pending.',
    async run(call) {
      const { team, history, desk } = await recordsOf(call)
      const found = await call.world.openers.consents(team, history)
      const [thing] = call.args
      if (thing === undefined) return list(call, found)
      const by = namedPerson(call)
      const digest = digestOf(found, thing)
      await using opened = await desk()
      const ordered = await opened.consent({ thing, digest, by })
      call.answer.whole({ ...ordered, thing, digest, person: by }, ({ strong }) => {
        return `${strong(safeText(by))} agrees to ${safeText(thing)} as it is now (${digest.slice(0, 12)}).`
      })
      return exitCode.ok
    },
  })

function digestOf({ digests }: WaitingConsents, thing: string): string {
  const digest = Object.hasOwn(digests, thing) ? digests[thing] : undefined
  if (digest !== undefined) return digest
  throw usageError(
    `there is no "${thing}" that others could depend on`,
    'thing',
    `There is ${Object.keys(digests).join(', ')}.`,
  )
}

function list({ answer }: Call, { waiting }: WaitingConsents): ExitCode {
  answer.whole(waiting, ({ quiet }) => {
    if (waiting.length === 0) return 'No change waits for anybody.'
    const rows = waiting.flatMap(({ thing, owners, digest }) =>
      owners.map((owner) => [thing, owner, digest.slice(0, 12)].map(safeText)),
    )
    return columns([['CHANGED', 'WAITS FOR', 'DIGEST'].map(quiet), ...rows])
  })
  return waiting.length === 0 ? exitCode.ok : exitCode.unverified
}
