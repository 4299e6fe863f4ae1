import { option, wholeNumber } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { replayText } from '../view/replay-view.ts'

interface Options {
  readonly to?: number
}

export const replay = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'replay <subject>',
    summary: 'step a task or a stream again, with recorded answers, and compare every digest',
    examples: ['replay 01JDXQ7V7X6W9Z2M4T8R5N3K1B --to 7', 'replay newsroom/agent/writer --json'],
    options: [option('--to <version>', 'stop at this version of its stream').argParser(wholeNumber(1))],
    notes:
      'The subject is a task or a stream. No model, tool or network is touched. Ends with 4 if it differs from what was recorded.',
    async run({ args: [subject = ''], options: { to }, answer, reach, during }) {
      await using reached = await reach()
      const replayed = await during('Replaying', () =>
        reached.operations.replay({ subject, ...(to === undefined ? {} : { to }) }),
      )
      answer.whole(replayed, (paint) => replayText(replayed, paint))
      return replayed.verified ? exitCode.ok : exitCode.unverified
    },
  })
