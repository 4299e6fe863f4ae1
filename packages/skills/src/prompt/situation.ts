import { canonical, type Turn } from '@roster/core'

import type { ThinkRequest } from '../model/model-step.ts'

/**
 * The input and what happened so far, as one text.
 *
 * Tool calls are told in words and not as a provider's own turns: those want parts back that are neither ours nor in the record
 * (signed thoughts, ids of items on their side), and refuse the call without them; and so a step can go on with another model. The
 * text only grows at its end, so that a provider can cache what was before.
 */
export function situationOf({ input, conversation }: Pick<ThinkRequest, 'input' | 'conversation'>): string {
  const lines = conversation.flatMap(linesOf)
  const past = lines.length === 0 ? '' : `\n\nTool calls so far, and what came of them:\n${lines.join('\n')}`
  return `Input:\n${canonical(input)}${past}`
}

function linesOf(turn: Turn): string[] {
  if (turn.role === 'assistant')
    return turn.calls.map(({ id, tool, input }) => `- call ${canonical({ id, tool, input })}`)
  const { call, tool, output, error } = turn
  return [`- result ${canonical(error === undefined ? { call, tool, output: output ?? null } : { call, tool, error })}`]
}
