import { parseStream } from '@roster/core'
import type { SearchAttributePair } from '@temporalio/common'
import type { WorkflowOptions } from '@temporalio/client'

import { attributes, keyword } from '../attributes.ts'
import type { TaskInput } from '../workflow/protocol.ts'

/** The most that a summary may have, in characters; the server's bound is 400 bytes. */
const longestSummary = 100

/** How a task is shown on Temporal's own page from its start on: to be found by, in a line, and in a few. */
export function described(
  { stream, kind, playbook }: TaskInput,
  requester: string,
): Pick<WorkflowOptions, 'memo' | 'staticSummary' | 'staticDetails' | 'typedSearchAttributes'> {
  const { team, name: task } = parseStream(stream)
  const [name = kind, version = ''] = (playbook ?? kind).split('@')
  const typedSearchAttributes: SearchAttributePair[] = [
    { key: attributes.team, value: keyword(team) },
    { key: attributes.playbook, value: keyword(name) },
    { key: attributes.requester, value: keyword(requester) },
    ...(version === '' ? [] : [{ key: attributes.version, value: keyword(version) }]),
  ]
  return {
    memo: { team, playbook: playbook ?? kind, requester, stream },
    staticSummary: plain(`${playbook ?? kind} for ${requester}`).slice(0, longestSummary),
    staticDetails: [
      `A task of the team **${plain(team)}**, published by **${plain(requester)}**. Its records are in Roster's store:`,
      '',
      ...['task show', 'replay', 'why'].map((verb) => `- \`roster ${verb} ${task}\``),
      '',
      `To end it: \`roster task cancel ${task}\`. Whoever terminates this workflow ends nothing: it is started again where its records end.`,
    ].join('\n'),
    typedSearchAttributes,
  }
}

/** Names come from outside: what would format the page, or link from it, is taken out. */
function plain(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} @._/+-]/gu, '').slice(0, longestSummary)
}
