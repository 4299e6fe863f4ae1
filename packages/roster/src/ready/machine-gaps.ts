import { failureOf } from '@roster/core'
import { findBubblewrap, readSecret } from '@roster/skills'

import type { TeamOf } from '../author/team.ts'
import type { Gap } from './gap.ts'

/** Gaps of the machine on which it is asked: what holds processes there, and where secrets lie. */
export async function machineGaps(team: TeamOf): Promise<readonly Gap[]> {
  return [...(await placeGaps(team)), ...(await secretGaps(team))]
}

async function placeGaps({ tools }: TeamOf): Promise<readonly Gap[]> {
  const apart = Object.values(tools).filter(({ place }) => place === 'process')
  const bubblewrap = apart.length === 0 ? { found: true as const } : await findBubblewrap()
  if (bubblewrap.found) return []
  return apart.map(({ name }) => ({
    code: 'place-weak',
    what: `tool/${name}`,
    says: `${name} runs in a process that keeps the network here: ${bubblewrap.reason}`,
    mend: 'apt-get install bubblewrap, on every machine that hosts the team',
  }))
}

async function secretGaps({ secrets }: TeamOf): Promise<readonly Gap[]> {
  const sources = Object.entries(secrets).flatMap(([colleague, tools]) =>
    Object.entries(tools).flatMap(([tool, named]) =>
      Object.values(named).map((source) => ({ colleague, tool, source })),
    ),
  )
  const gaps = sources.map(async ({ colleague, tool, source }): Promise<readonly Gap[]> => {
    try {
      await readSecret(source)
      return []
    } catch (error) {
      const { message, hint = '' } = failureOf(error)
      return [
        {
          code: 'secret-missing',
          what: `${colleague} ${tool}`,
          says: `${tool} of ${colleague}: ${message}`,
          mend: hint,
        },
      ]
    }
  })
  return (await Promise.all(gaps)).flat()
}
