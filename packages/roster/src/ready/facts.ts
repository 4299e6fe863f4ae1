import type { TeamOf } from '../author/team.ts'
import type { Check } from '../client/operations.ts'
import type { Permissions } from '../client/trust-operations.ts'
import type { TeamHistory } from '../deployment/team-history.ts'

/** What is so, a line each, under what a reviewer asks. */
export interface Facts {
  readonly title: string
  readonly lines: readonly string[]
}

interface Known {
  readonly check: Check
  readonly permissions: Permissions
  readonly history: TeamHistory
}

/** The facts of a team that a reviewer reads: made by the system from definitions, policies and records. */
export function factsOf(team: TeamOf, { check, permissions, history }: Known): readonly Facts[] {
  const { colleagues, playbooks, tools } = check
  return [
    {
      title: 'Who is on it, and whose it is',
      lines: colleagues.map(({ name, kind, role, owner }) => `${name}: ${kind}, ${role}; owner ${owner}`),
    },
    { title: 'Whom an alert reaches', lines: playbooks.map(({ name, owner }) => `${name}: ${owner}`) },
    {
      title: 'What its tools do, and where their code runs',
      lines: tools.map(
        ({ name, version, owner, consequential, idempotent, place }) =>
          `${name}@${version}: ${consequential ? 'consequential' : 'harmless'}, ${idempotent ? 'may be repeated' : 'never repeated'}, in ${place}; owner ${owner}; contract ${team.tools[name]?.digest.slice(0, 12) ?? ''}`,
      ),
    },
    {
      title: 'Who may use what has consequences',
      lines: permissions.rows
        .filter(
          ({ action, what, answer }) => action === 'use' && answer !== 'no' && team.tools[what]?.consequential === true,
        )
        .map(({ who, what, answer, policies }) => `${who} ${what}: ${answer} (${policies.join(', ')})`),
    },
    {
      title: 'What it can come to',
      lines: check.analyses
        .filter(({ kind }) => kind === 'playbook')
        .map(({ id, paths, moves, exercised, worst, properties }) => {
          const tried = exercised === null ? 'none exercised' : `${exercised.moves} exercised`
          const proven = properties.filter(({ holds }) => holds).length
          return `${id}: ${paths} paths, ${moves} moves (${tried}), at most ${worst.costMicroUsd} micro-USD, ${proven} of ${properties.length} properties proven`
        }),
    },
    {
      title: 'What was done for it',
      lines: [
        `policy set ${permissions.policySet.slice(0, 12)}`,
        ...history.drills
          .slice(-1)
          .map(
            ({ person, at, records, verified }) =>
              `last drill of having everything back: ${day(at)}, by ${person}, ${records} records, ${verified ? 'all of it' : 'not all of it'}`,
          ),
        ...oldestKey(history),
      ],
    },
  ]
}

function oldestKey({ keysSince }: TeamHistory): readonly string[] {
  const times = Object.values(keysSince)
  return times.length === 0
    ? []
    : [`oldest key since ${day(Math.min(...times))}, youngest since ${day(Math.max(...times))}`]
}

/** The day of a time in milliseconds since 1970, as `2026-01-31`. */
export function day(at: number): string {
  // oxlint-disable-next-line roster/no-ambient -- a time that is given is written as a day; no clock is read
  return new Date(at).toISOString().slice(0, 10)
}
