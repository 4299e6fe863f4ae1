import {
  defaultFanOut,
  defaultPriority,
  failureOf,
  queueLimits,
  type Definition,
  type Failure,
  type Json,
} from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import type { Check, Exported } from '../client/operations.ts'
import { loadPolicy } from '../embedded/load-policy.ts'
import { analysed } from './check-analysis.ts'
import { lockText } from './check-lock.ts'
import { checkHistory } from './histories.ts'

/**
 * What a team is made of and what is wrong with it, before anything runs: its policies against its names, and old histories stepped again
 * with the definitions of now, and what its playbooks and work can come to. Definitions were checked when they were composed. Problems are in the answer, never thrown; warnings
 * leave `ok` true.
 *
 * @param histories exports, of everything or of a task
 */
export async function check(team: TeamOf, histories: readonly Exported[] = []): Promise<Check> {
  const stepped = histories.map((history) => checkHistory(team, history))
  const { analyses, problems: found } = analysed(team, histories)
  const problems: Failure[] = [...stepped.flatMap((one) => one.problems), ...found]
  try {
    const policy = await loadPolicy(team)
    for (const { message, ...where } of policy.warnings)
      problems.push({ code: 'policy-doubtful', message: `${message} ${JSON.stringify(where)}` })
  } catch (error) {
    problems.push(failureOf(error, 'policy-invalid'))
  }
  const limits = queueLimits(team)
  return {
    ok: problems.every(({ code }) => warnings.includes(code)),
    team: team.name,
    digest: team.digest,
    histories: {
      streams: stepped.reduce((sum, { streams }) => sum + streams, 0),
      records: stepped.reduce((sum, { records }) => sum + records, 0),
    },
    colleagues: Object.values(team.colleagues).map(({ name, kind, role, owner, accepts, tools, duty }) => ({
      name,
      kind,
      role,
      owner,
      tools,
      accepts: Object.keys(accepts),
      limits: limitsOf(duty),
    })),
    atOnce: { team: limits.team, requester: limits.requester },
    playbooks: Object.values(team.playbooks).map(
      ({ name, version, owner, definition, priority = defaultPriority }) => ({
        priority,
        atOnce: limits.playbooks[name] ?? limits.otherwise,
        name,
        version,
        owner,
        states: Object.keys(definition.machine.states),
        limits: limitsOf(definition),
      }),
    ),
    tools: Object.values(team.tools).map(({ name, version, owner, consequential, idempotent, place }) => ({
      name,
      version,
      owner,
      consequential,
      idempotent,
      place,
    })),
    analyses,
    lock: lockText(team, analyses),
    problems,
  }
}

const warnings: readonly string[] = ['policy-doubtful', 'state-unreachable']

/** Every limit that holds, also the one that nobody wrote down. */
function limitsOf({ limits }: Definition): Json {
  return { fanOut: defaultFanOut, ...limits }
}
