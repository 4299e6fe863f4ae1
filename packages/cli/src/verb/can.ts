import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { canFacts } from '../view/can-view.ts'

interface Options {
  readonly untrusted?: boolean
  readonly approved?: boolean
  readonly endorsed?: boolean
  readonly kind?: string
}

export const can = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'can <who> <action> <what>',
    summary: 'explain whether somebody may do something, and what it would take',
    examples: ['can treasurer use pay --untrusted', 'can client/web publish pay-invoice --json'],
    options: [
      option('--untrusted', 'on untrusted lineage'),
      option('--approved', 'with a valid approval of the exact arguments'),
      option('--endorsed', 'with a check that vouches for the exact arguments'),
      option('--kind <kind>', 'of that kind of work or message'),
    ],
    notes:
      'Actions: publish a playbook, send to a colleague, use a tool, think with a model, decide an approval, stop or promote a colleague.\nEnds with 0 for yes and with 3 for no. Nothing runs and nothing is recorded.',
    async run({ args: [who = '', action = '', what = ''], options, answer, reach }) {
      const { untrusted = false, approved = false, endorsed = false, kind } = options
      const given = { untrusted, approved, endorsed, ...(kind === undefined ? {} : { kind }) }
      await using reached = await reach()
      const found = await reached.operations.can({ who, action, what, given })
      answer.whole(found, (paint) => canFacts(found, paint))
      return found.allowed ? exitCode.ok : exitCode.refused
    },
  })
