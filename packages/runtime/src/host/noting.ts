import {
  authoriseMessage,
  flawOfOrder,
  note,
  own,
  parseStream,
  type Failure,
  type Json,
  type Message,
} from '@roster/core'

import { allowed } from './allowed.ts'
import type { Encounter, Move } from './decide.ts'
import type { TransitionPorts } from './ports.ts'

const none: ReadonlyMap<string, Failure> = new Map()

/** Notes what people have decided about a colleague or the team, if they may. Nobody's machine is asked, and nobody waits for an answer. */
export function noting(ports: TransitionPorts, encounter: Encounter, message: Message): Move {
  const { team, policy } = ports
  const { actor, known } = encounter
  const decision = authoriseMessage(actor, message, team, policy)
  const decisions = decision === null ? [] : [decision]
  const away = (kind: 'denied' | 'refused', failure: Failure): Move => ({
    kind,
    step: null,
    decisions,
    denied: none,
    error: failure as unknown as Json,
  })
  if (decision?.allowed === false) return away('denied', { code: 'denied', message: decision.reason, hint })
  const flaw = flawOfSignature(ports, message)
  if (flaw !== null) return away('denied', flaw)
  const withdrawn = withdrawnBy(message)
  if (withdrawn !== undefined && known?.spent.has(withdrawn) === true) return away('refused', tooLate)
  const noted = note(actor, message)
  if ('refused' in noted) return away('refused', noted.refused)
  return { ...allowed(ports, encounter, noted, decisions), kind: 'noted' }
}

/** What comes in the name of a person of the team is signed with their key; a client or the system has none, and policies say what they may. */
function flawOfSignature({ team, signatures }: TransitionPorts, message: Message): Failure | null {
  const { name: person } = parseStream(message.sender)
  if (own(team.colleagues, person)?.kind !== 'person') return null
  return flawOfOrder(message, { person, keys: signatures.keysOf(person), verify: signatures.verify })
}

/** The name of the approval that a message withdraws. */
export function withdrawnBy({ type, sender, payload }: Message): string | undefined {
  if (type !== 'approval.withdraw') return undefined
  const { approval } = (payload ?? {}) as { readonly approval?: Json }
  return typeof approval === 'string' ? `${sender.split('/')[1]}/${approval}` : undefined
}

const hint = 'Grant it in a policy file, or send it as somebody who may. `roster can` explains it.'

const tooLate: Failure = {
  code: 'approval-used',
  message: 'there is no approval of this name that could still be withdrawn: it was used, or never given',
  hint: '`roster why` shows what it was used for.',
}
