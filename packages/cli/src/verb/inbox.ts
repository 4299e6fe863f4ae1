import { personOf } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { isNamed } from '../team/find-item.ts'
import { inboxFacts, inboxTable } from '../view/inbox-view.ts'

export const inbox = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'inbox [item]',
    summary: 'show what waits for a decision of a person',
    examples: ['inbox', 'inbox --as controller', 'inbox invoice/4711'],
    notes: 'An item is named by its task, by its own name or by a business key. --as shows what waits for one person.',
    async run({ args: [item], options, answer, reach }) {
      await using reached = await reach()
      const all = await reached.operations.inbox(personOf(world, options))
      const items = item === undefined ? all : all.filter((one) => isNamed(one, item))
      answer.whole(items, (paint) =>
        item === undefined || items.length === 0
          ? inboxTable(items, paint)
          : items.map((one) => inboxFacts(one, world.now(), paint)).join('\n\n'),
      )
      return exitCode.ok
    },
  })
