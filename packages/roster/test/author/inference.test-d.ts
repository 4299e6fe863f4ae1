import { expectTypeOf } from 'vitest'
import { z } from 'zod'

import type { Client } from '../../src/client.ts'
import { ask, askRole, colleague, person, playbook, team, tool, use } from '../../src/index.ts'
import { rehearse } from '../../src/testing.ts'

const Topic = z.object({ topic: z.string() })
const Notes = z.object({ notes: z.string() })
const Draft = z.object({ text: z.string() })
const Either = z.union([Topic, Notes])

const editor = person('editor', { role: 'editor' })
const researcher = colleague('researcher@1.0.0', {
  owner: editor,
  role: 'researcher',
  accepts: { research: { input: Topic, output: Notes }, sort: { input: Either, output: Either } },
})
const writer = colleague('writer@1.0.0', {
  owner: editor,
  role: 'writer',
  accepts: { draft: { input: Notes, output: Draft } },
})
const options = { owner: editor, input: Topic, output: Draft }

// A line's types follow from its steps.
const brief = playbook('brief@1.0.0', options, (steps) =>
  steps.ask(researcher, 'research').ask(writer, 'draft').approve(editor, { within: '1 day', otherwise: 'escalate' }),
)
expectTypeOf(brief.name).toEqualTypeOf<'brief'>()

// @ts-expect-error -- the researcher accepts no work of this kind
playbook('brief@1.0.0', options, (steps) => steps.ask(researcher, 'resaerch').ask(writer, 'draft'))
// @ts-expect-error -- the writer works from notes, not from a topic
playbook('brief@1.0.0', options, (steps) => steps.ask(writer, 'draft'))
// @ts-expect-error -- what may be a topic or notes is not notes
playbook('brief@1.0.0', options, (steps) => steps.ask(researcher, 'sort').ask(writer, 'draft'))
// @ts-expect-error -- the line ends with notes, and the playbook puts out a draft
playbook('brief@1.0.0', options, (steps) => steps.ask(researcher, 'research'))
playbook('brief@1.0.0', options, (steps) =>
  // @ts-expect-error -- a time is written in words
  steps.ask(researcher, 'research').ask(writer, 'draft').approve(editor, { within: 86_400, otherwise: 'escalate' }),
)
playbook('brief@1.0.0', options, (steps) =>
  steps.ask(researcher, 'research').branch(
    'long',
    // @ts-expect-error -- notes have no text
    ({ text }) => text.length > 10,
    (yes) => yes.ask(writer, 'draft'),
    (no) => no.ask(writer, 'draft'),
  ),
)

const Pair = z.object({ left: Notes, right: Topic })
playbook('pair@1.0.0', { ...options, output: Pair }, (steps) =>
  steps.parallel({ left: (line) => line.ask(researcher, 'research'), right: (line) => line }),
)
playbook('pair@1.0.0', { ...options, output: Pair }, (steps) =>
  // @ts-expect-error -- one result of the parallel is missing
  steps.parallel({ left: (line) => line.ask(researcher, 'research') }),
)

// Skills carry the contract of what they name.
// @ts-expect-error -- the writer accepts no work of this kind
ask(writer, 'research')
// @ts-expect-error -- no colleague of that role accepts work of this kind
askRole('writer', writer, 'research')
const search = tool('search@1.0.0', {
  owner: editor,
  input: Topic,
  output: z.array(z.string()),
  consequential: false,
  idempotent: true,
  run: ({ topic }) => [topic],
})
expectTypeOf(search.name).toEqualTypeOf<'search'>()
expectTypeOf(use(search)).toEqualTypeOf(use(search))
tool('search@1.0.0', {
  owner: editor,
  input: Topic,
  output: z.array(z.string()),
  consequential: false,
  idempotent: true,
  // @ts-expect-error -- it puts out words, not one word
  run: ({ topic }) => topic,
})
// @ts-expect-error -- a colleague has a version
colleague('writer', { owner: editor, role: 'writer', accepts: {} })

// Who uses a team is held to its playbooks.
const newsroom = team('newsroom', { colleagues: [researcher, writer, editor], playbooks: [brief], policies: {} })
export async function used(client: Client<typeof newsroom>): Promise<void> {
  const task = await client.publish('brief', { topic: 'tides' })
  expectTypeOf(await task.result()).toEqualTypeOf<{ text: string }>()
  // @ts-expect-error -- the team has no playbook of this name
  await client.publish('breif', { topic: 'tides' })
  // @ts-expect-error -- a brief needs a topic
  await client.publish('brief', { tpoic: 'tides' })
  await using run = await rehearse(newsroom)
  // @ts-expect-error -- a topic is a text
  await run.publish('brief', { topic: 7 })
}
