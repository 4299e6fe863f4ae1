import { colleaguePartitionCount as half, parseStream, type StreamName } from '@roster/core'

/** First token of everything that Roster puts on the bus. */
export const root = 'roster'

/**
 * A name as one token of a subject. Names of teams, colleagues and tasks are tokens as they are, with their slashes; what else a client's
 * name may hold (dots, spaces, wildcards) is written as `=` and two hexadecimal digits for each byte.
 */
export function token(name: string): string {
  return Array.from(name, (character) => (safe.test(character) ? character : escaped(character))).join('')
}

/** The name that a token stands for. */
export function nameOf(subjectToken: string): string {
  return decodeURIComponent(subjectToken.replaceAll('%', '%25').replaceAll('=', '%'))
}

/** Who a stream is on the bus: a job speaks as its colleague. */
export function identityOf(stream: StreamName): StreamName {
  return parseStream(stream).base
}

/**
 * The subject under which a message is published: `roster.mail.<team>.<kind>.from.<kind>.<sender>.to.<recipient>`. Team and the
 * first kind are the recipient's, so that a permission can say "to tasks of the desk" with wildcards for whole tokens. The second kind is
 * the sender's: the coordinator may publish from tasks and clients, and as no colleague.
 */
export function mailSubject(sender: StreamName, recipient: StreamName): string {
  const from = identityOf(sender)
  const to = identityOf(recipient)
  const { team, kind } = parseStream(to)
  return `${root}.mail.${team}.${kind}.from.${parseStream(from).kind}.${token(from)}.to.${token(to)}`
}

/** Everything that is published as mail. */
export const allMail = `${root}.mail.*.*.from.*.*.to.*`

/** How the mailbox stream rewrites a subject: the server hashes the recipient as core does, so `<n>` is the partition within its half. */
export const mailboxTransform = {
  src: allMail,
  dest: `${root}.mailbox.{{partition(${half},5)}}.{{wildcard(2)}}.{{wildcard(1)}}.from.{{wildcard(3)}}.{{wildcard(4)}}.to.{{wildcard(5)}}`,
} as const

/** What a partition's consumer hears. */
export function mailboxFilters(partition: number): string[] {
  if (partition >= half) return [`${root}.mailbox.${partition - half}.task.>`]
  return ['agent', 'person', 'team'].map((kind) => `${root}.mailbox.${partition}.${kind}.>`)
}

/** Who sent a message and to whom it goes, by its subject in the mailbox stream; `kind` is what the sender may be, by its permission. */
export function addressesOf(subject: string): {
  readonly kind: string
  readonly sender: StreamName
  readonly recipient: StreamName
} {
  const [, , , , , , kind = '', sender = '', , recipient = ''] = subject.split('.')
  return { kind, sender: nameOf(sender), recipient: nameOf(recipient) }
}

/** Where a client publishes a task. */
export function taskSubject(team: string, playbook: string, client: string): string {
  return `${root}.task.${team}.${playbook}.from.${token(client)}`
}

/** Everything that clients publish. */
export const allTasks = `${root}.task.*.*.from.*`

/** Where a client hears what became of what it published: `<key>` is its idempotency key. */
export function answerSubject(team: string, client: string, key: string): string {
  return `${root}.answer.${team}.to.${token(client)}.${token(key)}`
}

/** Where a record of a stream is told to everybody who may hear of it. */
export function recordSubject(stream: StreamName): string {
  const { team, kind, base } = parseStream(stream)
  return `${root}.record.${team}.${kind}.${token(base)}`
}

/** Everything that is told of records. */
export const allRecords = `${root}.record.*.*.*`

const safe = /[A-Za-z0-9_/@+~:-]/

function escaped(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => `=${byte.toString(16).padStart(2, '0')}`).join('')
}
