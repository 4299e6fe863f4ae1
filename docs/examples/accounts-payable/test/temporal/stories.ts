import type { Operations } from 'roster/client'

/** What the records of a task say, without ids and times: for each actor, what moved it, where that led, and what it sent. */
export type Story = Readonly<Record<string, readonly unknown[]>>

/** Names for what has an id: the same in every run. */
const anId = /[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{32,64}/g

/** The story of a task: its own records, and those of all jobs that were done for it. */
export async function storiesOf(operations: Operations, task: string): Promise<Story> {
  const story: Record<string, unknown[]> = {}
  for (const { envelope } of await operations.log({ task, limit: 10_000 })) {
    const { stream, kind, before, after, who, cause, sent, effects, outcome, decisions, label, path } = envelope
    if (!stream.includes('/job/') && !stream.includes('/task/')) continue
    const told = sent.map((message) => [message.type, message.kind, nameless(message.to)])
    const asked = decisions.map(({ action, resource, allowed }) => [action, nameless(resource), allowed])
    const moved = [cause.source, cause.type, cause.kind, nameless(cause.sender)]
    const used = effects.map(({ skill, name }) => [skill, name])
    const step = {
      kind,
      before,
      after,
      who: who.definition,
      digest: who.digest,
      moved,
      told,
      used,
      asked,
      outcome,
      label,
      path,
    }
    // Two jobs of one colleague for one task are told apart by the order in which they began.
    ;(story[stream] ??= []).push(step)
  }
  const chapters = Object.entries(story).map(([stream, steps]) => [nameless(stream), steps] as const)
  return Object.fromEntries(chapters.map(([name, steps], index) => [`${name} ${nth(chapters, name, index)}`, steps]))
}

function nth(chapters: readonly (readonly [string, unknown])[], name: string, index: number): number {
  return chapters.slice(0, index + 1).filter(([other]) => other === name).length
}

function nameless(text: string): string {
  return text.replaceAll(anId, 'id')
}
