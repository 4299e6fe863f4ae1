import { colleague, person, playbook, team, tool } from 'roster'
import { z } from 'zod'

import { model } from './model.ts'

const Topic = z.object({ topic: z.string().max(200) })
const Notes = z.object({ notes: z.string(), sources: z.array(z.string()) })
const Draft = z.object({ text: z.string() })

const research = { input: Topic, output: Notes, instructions: 'Search first. Cite every source.' }
const draft = { input: Notes, output: Draft, instructions: 'Two paragraphs, from the notes only.' }

const editor = person('editor', { role: 'editor' })
const search = tool('search@1.0.0', {
  owner: editor,
  input: z.object({ query: z.string() }),
  output: z.array(z.string()),
  consequential: false,
  idempotent: true,
  run: ({ query }) => [`The almanac of ${query}`, `A short history of ${query}`],
})
const our = { owner: editor, model }
const researcher = colleague('researcher@1.0.0', { ...our, role: 'researcher', tools: [search], accepts: { research } })
const writer = colleague('writer@1.0.0', { ...our, role: 'writer', accepts: { draft } })

const brief = playbook('brief@1.0.0', { owner: editor, input: Topic, output: Draft }, (steps) =>
  steps.ask(researcher, 'research').ask(writer, 'draft').approve(editor, { within: '1 day', otherwise: 'escalate' }),
)

export default team('newsroom', {
  colleagues: [researcher, writer, editor],
  playbooks: [brief],
  policies: new URL('./policies', import.meta.url),
})
