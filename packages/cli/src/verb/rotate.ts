import { durationMs, option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { keysOf, serversOf } from './keys/keys-call.ts'
import { rotationTable } from './keys/keys-view.ts'

interface Options {
  readonly server?: string
  readonly because: string
  readonly grace: number
}

export const rotate = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'rotate',
    summary: 'replace every signing key while the team works; nothing is lost',
    examples: ['rotate', 'rotate --because "yearly drill" --grace 30s'],
    options: [
      option('--because <words>', 'why, for the history of keys').default('a rotation'),
      option('--grace <time>', 'how long credentials of the old keys still count')
        .argParser(durationMs)
        .default(10_000, '10s'),
      option('--server <url>', 'the NATS server, or one of its cluster (env NATS_URL)'),
    ],
    notes:
      'Every process of the team renews its credentials within the grace; whoever is late is off the bus until it has.',
    async run(call) {
      const { because, grace: graceMs } = call.options
      const servers = await serversOf(call)
      const keys = await keysOf(call)
      const rotated = await call.during('Replacing keys', () => keys.rotate(servers, { because, graceMs }))
      call.answer.whole(rotated, (paint) => rotationTable(rotated, paint))
      return exitCode.ok
    },
  })
