import { folderOf } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { endMembers } from './up-member.ts'
import { readUp, removeUp } from './up-state.ts'

export const down = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'down',
    summary: 'stop what roster up has started in the folder',
    examples: ['down', 'down --folder /var/lib/desk --json'],
    notes:
      'Each process is drained: what is under way ends, and what is pending stays pending. One that does not end in 20 seconds is killed.',
    async run(call) {
      const folder = folderOf(call.world, call.options)
      const members = await readUp(folder)
      // Hosts first: the coordinator signs a checkpoint of what they have left.
      const [hosts, others] = [
        members.filter(({ role }) => role === 'host'),
        members.filter(({ role }) => role !== 'host'),
      ]
      const stopped = await call.during('Stopping', async () => [
        ...(await endMembers(hosts)),
        ...(await endMembers(others)),
      ])
      await removeUp(folder)
      call.answer.whole({ folder, stopped }, () =>
        stopped.length === 0
          ? `Nothing was up in ${folder}.`
          : stopped.map(({ name, ended: how }) => `${name}  ${how}`).join('\n'),
      )
      return exitCode.ok
    },
  })
