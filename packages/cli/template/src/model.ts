import { callTools, modelFromEnvironment, scriptedModel, type Said, type ThinkRequest } from 'roster/model'

/** The model that the environment has a key for; without one, a script that says so in every record. */
export const model = modelFromEnvironment(process.env) ?? scriptedModel({ answers: played })

/** What the script says: the researcher searches and takes notes, the writer writes from the notes. */
function played({ kind, input, conversation }: ThinkRequest): Said {
  if (kind === 'draft') {
    const { notes, sources } = input as { readonly notes: string; readonly sources: readonly string[] }
    return { text: `${notes}\n\nFrom: ${sources.join('; ')}.` }
  }
  const { topic } = input as { readonly topic: string }
  const found = conversation.find((turn) => turn.role === 'tool')
  if (found === undefined) return callTools({ tool: 'search', input: { query: topic } })
  return { notes: `What is known about ${topic}.`, sources: found.output ?? [] }
}
