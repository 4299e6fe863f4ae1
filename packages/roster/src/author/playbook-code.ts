import { defaultTaskLimits, instrumented, type Definition } from '@roster/core'

import { durationMs } from './duration.ts'
import type { PlaybookOf } from './playbook.ts'

/** A playbook's definition without its digest, which is taken when the team is loaded. Pure: it runs in a workflow's sandbox too. */
export function playbookCode({ name, version, options, machine, rounds: own }: PlaybookOf): Omit<Definition, 'digest'> {
  const { input, output, about } = options
  const { rounds: given, time, fanOut, ...limits } = options.limits ?? {}
  const rounds = { ...own, ...given }
  return {
    kind: 'playbook',
    id: `${name}@${version}`,
    machine: instrumented(machine),
    input,
    output,
    limits: {
      ...defaultTaskLimits,
      budget: { ...defaultTaskLimits.budget, ...limits },
      ...(time === undefined ? {} : { timeMs: durationMs(time) }),
      ...(fanOut === undefined ? {} : { fanOut }),
      ...(Object.keys(rounds).length === 0 ? {} : { rounds }),
    },
    ...(about === undefined ? {} : { about }),
  }
}
