import {
  canonical,
  isControl,
  maxMessageBytes,
  parseStream,
  partitionOf,
  RosterError,
  type Message,
  type NewPending,
  type StreamName,
} from '@roster/core'
import * as z from 'zod'

import { addressesOf, identityOf } from '../subject.ts'

/** The version of the envelope that this code writes; it reads no other. */
export const wireVersion = 1

/** The most that an envelope adds to its message, in bytes. */
export const maxEnvelopeBytes = maxMessageBytes + 2048

const failure = z.looseObject({ code: z.string(), message: z.string() })

/** What is read of a message here; what it carries beyond that is its recipient's matter. */
const message = z.looseObject({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  kind: z.string().max(200).optional(),
  sender: z.string().min(1).max(500),
  to: z.string().min(1).max(500),
  correlationId: z.string(),
  causationId: z.string(),
  at: z.int(),
  expiresAt: z.int().optional(),
  label: z.looseObject({ integrity: z.enum(['trusted', 'untrusted']), sources: z.array(z.string()) }),
  inReplyTo: z.string().optional(),
  error: failure.optional(),
  payload: z.json(),
})

const envelope = z.strictObject({
  v: z.literal(wireVersion),
  /** Whose mailbox it goes to: the message's `to`, or the team's stream for what came too late. */
  stream: z.string().min(1).max(500),
  message,
})

/** A row as it travels. Its body is the message's canonical text already, so nothing is parsed or written again. */
export function encodeMail({ stream, body }: Pick<NewPending, 'stream' | 'body'>): string {
  return `{"v":${wireVersion},"stream":${JSON.stringify(stream)},"message":${body}}`
}

/**
 * The row that travelled under a subject of the mailbox stream.
 *
 * @throws RosterError `input-invalid` for what is no envelope, says another sender or recipient than its subject, or belongs to another
 * partition; `message-too-large`.
 */
export function decodeMail(subject: string, data: Uint8Array, partition: number): NewPending {
  if (data.byteLength > maxEnvelopeBytes)
    throw new RosterError('message-too-large', `an envelope takes ${data.byteLength} bytes`, { path: subject })
  const parsed = envelope.safeParse(jsonOf(subject, data))
  if (!parsed.success) throw malformed(subject, z.prettifyError(parsed.error))
  const { stream } = parsed.data
  const read = parsed.data.message as unknown as Message
  agree(subject, partition, stream, read.sender)
  return {
    id: read.id,
    kind: 'message',
    stream,
    sender: read.sender,
    type: read.type,
    control: isControl(read.type),
    dueAt: null,
    expiresAt: read.expiresAt ?? null,
    body: canonical(read),
    lease: null,
  }
}

function jsonOf(subject: string, data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data))
  } catch {
    throw malformed(subject, 'it is not JSON in UTF-8')
  }
}

/** The server proves the sender by the subject, and the recipient's owner by the partition: what is inside must say the same. */
function agree(subject: string, partition: number, stream: StreamName, sender: StreamName): void {
  const addresses = addressesOf(subject)
  if (identityOf(sender) !== addresses.sender)
    throw malformed(subject, `its message says it is from ${sender}, and its subject from ${addresses.sender}`)
  // Whoever may publish for tasks could name a colleague in the place of one: the server has only looked at the kind.
  if (parseStream(addresses.sender).kind !== addresses.kind)
    throw malformed(subject, `${addresses.sender} is published as a ${addresses.kind}`)
  if (identityOf(stream) !== addresses.recipient)
    throw malformed(subject, `its message says it goes to ${stream}, and its subject to ${addresses.recipient}`)
  if (partitionOf(stream) !== partition) throw malformed(subject, `it belongs to partition ${partitionOf(stream)}`)
}

function malformed(subject: string, because: string): RosterError {
  return new RosterError('input-invalid', `what came as mail is refused: ${because}`, {
    path: subject,
    hint: 'docs/reference/wire.md says what an envelope holds.',
  })
}
