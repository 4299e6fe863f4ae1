import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { statusText } from '../view/status-view.ts'

interface Options {
  readonly tell?: true
}

export const status = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'status',
    summary: 'show how often playbooks and their steps come out well',
    examples: ['status', 'status --json', 'status --tell'],
    options: [option('--tell', 'tell the owners of playbooks that succeed too rarely, in their inbox, once a day')],
    notes:
      'Counted are tasks that ended in the window that the playbook declares (30 days, if it declares none), but for cancelled ones.\n' +
      'ALL STEPS is how often all steps come out well, if each does as often as it did: ten steps at 90 % are 35 %.\n' +
      'Ends with 4 if a playbook succeeds less often than it declares.',
    async run({ answer, reach, options }) {
      await using reached = await reach()
      const playbooks = await reached.operations.status()
      for (const { playbook, owner, known } of options.tell === true ? await reached.operations.tellOwners() : [])
        answer.note(`${owner} ${known ? 'was told today already' : 'is told'} about ${playbook}.`)
      answer.whole(playbooks, (paint) => statusText(playbooks, paint))
      return playbooks.every(({ enough }) => enough) ? exitCode.ok : exitCode.unverified
    },
  })
