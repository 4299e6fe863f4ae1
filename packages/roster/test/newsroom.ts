import { z } from 'zod'

import { colleague, person, playbook, team, tool } from '../src/index.ts'
import { scripted } from '../src/testing.ts'

const Topic = z.object({ topic: z.string().max(200) })
const Notes = z.object({ notes: z.string(), sources: z.array(z.string()) })
const Draft = z.object({ text: z.string() })

const model = scripted({
  research: { notes: 'High and low.', sources: ['almanac'] },
  draft: { text: 'The sea rises and falls.' },
})

export const editor = person('editor', { role: 'editor' })
export const search = tool('search@1.0.0', {
  owner: editor,
  input: z.object({ query: z.string() }),
  output: z.array(z.string()),
  consequential: false,
  idempotent: true,
  run: ({ query }) => [`about ${query}`],
})
export const researcher = colleague('researcher@1.0.0', {
  owner: editor,
  role: 'researcher',
  model,
  tools: [search],
  accepts: { research: { input: Topic, output: Notes, instructions: 'Search first. Cite every source.' } },
})
export const writer = colleague('writer@1.0.0', {
  owner: editor,
  role: 'writer',
  model,
  accepts: { draft: { input: Notes, output: Draft, instructions: 'Two paragraphs, from the notes only.' } },
})
export const brief = playbook('brief@1.0.0', { owner: editor, input: Topic, output: Draft }, (steps) =>
  steps.ask(researcher, 'research').ask(writer, 'draft').approve(editor, { within: '1 day', otherwise: 'escalate' }),
)

export const policies = {
  'newsroom.cedar': `
@id("clients may publish briefs")
permit (principal is Client, action == Action::"publish", resource == Playbook::"brief");
@id("a playbook may ask colleagues")
permit (principal is Task, action == Action::"send", resource is Colleague);
@id("agents may think")
permit (principal is Agent, action == Action::"think", resource is Model);
@id("the researcher may search")
permit (principal == Agent::"researcher", action == Action::"use", resource == Tool::"search");
@id("the editor decides")
permit (principal == Person::"editor", action == Action::"decide", resource is Approval);
@id("whoever asked may cancel")
permit (principal, action == Action::"cancel", resource is Task);
`,
}

export const newsroom = team('newsroom', { colleagues: [researcher, writer, editor], playbooks: [brief], policies })
