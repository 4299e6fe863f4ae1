import { RosterError, type Failure, type Json } from '@roster/core'
import * as z from 'zod'

import { nameOf } from '../subject.ts'
import { wireVersion } from './envelope.ts'

/** What a client publishes. */
const publication = z.strictObject({
  v: z.literal(wireVersion),
  /** Idempotency key: the same key again is the same task. */
  key: z.string().min(1).max(200),
  input: z.json(),
})

/** A task as a client published it; who and what for are proven by the subject. */
export interface PublishedTask {
  readonly team: string
  readonly playbook: string
  readonly client: string
  readonly key: string
  readonly input: Json
}

/** What a client hears of a task. */
export interface TaskAnswer {
  readonly status: 'accepted' | 'waiting' | 'done' | 'refused' | 'failed' | 'cancelled' | 'stopped'
  /** Left out where there is none: the publication was refused before it became one. */
  readonly task?: string
  /** Left out where the answer is to no publication, but tells how a task ended. */
  readonly key?: string
  readonly outcome?: Json
  readonly error?: Failure
}

/** A publication as it travels. */
export function encodeTask({ key, input }: Pick<PublishedTask, 'key' | 'input'>): string {
  return JSON.stringify({ v: wireVersion, key, input })
}

/** An answer as it travels. */
export function encodeAnswer(answer: TaskAnswer): string {
  return JSON.stringify({ v: wireVersion, ...answer })
}

/** The parts of the subject of a publication. */
export function publishedUnder(subject: string): Pick<PublishedTask, 'team' | 'playbook' | 'client'> {
  const [, , team = '', playbook = '', , client = ''] = subject.split('.')
  return { team, playbook, client: nameOf(client) }
}

/**
 * What a client published under a subject.
 *
 * @throws RosterError `input-invalid`
 */
export function decodeTask(subject: string, data: Uint8Array): PublishedTask {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data))
  } catch {
    throw refusal('it is not JSON in UTF-8', '')
  }
  const parsed = publication.safeParse(json)
  if (!parsed.success) throw refusal(z.prettifyError(parsed.error), parsed.error.issues[0]?.path.join('/') ?? '')
  const { key, input } = parsed.data
  return { ...publishedUnder(subject), key, input }
}

/** The key of a publication that is refused, as far as it can be made out: its client looks for it in the answer. */
export function keyOfRefused(data: Uint8Array): string | undefined {
  try {
    const { key } = JSON.parse(new TextDecoder().decode(data)) as { readonly key?: unknown }
    return typeof key === 'string' && key !== '' && key.length <= 200 ? key : undefined
  } catch {
    return undefined
  }
}

function refusal(because: string, path: string): RosterError {
  return new RosterError('input-invalid', `a task is published as {"v":1,"key":…,"input":…}: ${because}`, {
    path: `/${path}`,
    hint: 'docs/how-to/talk-to-a-team-over-nats.md shows it.',
  })
}
