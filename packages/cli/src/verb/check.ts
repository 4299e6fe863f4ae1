import type { Check } from 'roster/client'

import type { Call } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { failureOf } from '../failure/failure-of.ts'
import { checkText } from '../view/check-view.ts'

/** Errors of a team, as opposed to errors on the way to it. */
const ofTeam: readonly string[] = [
  'definition-invalid',
  'definition-changed',
  'policy-invalid',
  'not-durable',
  'impure',
  'team-invalid',
]

export const check = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'check',
    summary: 'check a team before anything runs: definitions, policies, contracts, limits',
    examples: ['check', 'check --team src/team.ts --json'],
    notes: 'Ends with 4 if something is wrong with the team.',
    async run(call) {
      const checked = await checkedOf(call)
      call.answer.whole(checked, (paint) => checkText(checked, paint))
      return checked.ok ? exitCode.ok : exitCode.unverified
    },
  })

/** What cannot even be loaded is a problem like any other, not a failure of the check. */
async function checkedOf({ reach }: Call): Promise<Check> {
  try {
    await using reached = await reach()
    return await reached.operations.check()
  } catch (error) {
    const problem = failureOf(error)
    if (!ofTeam.includes(problem.code)) throw error
    return { ok: false, team: '', digest: '', colleagues: [], playbooks: [], tools: [], problems: [problem] }
  }
}
