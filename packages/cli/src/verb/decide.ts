import type { Command } from 'commander'
import type { InboxItem } from 'roster/client'

import { personOf, type Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { CommandError, usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { findItem } from '../team/find-item.ts'
import { settle } from '../team/settle.ts'
import { interruption } from '../team/interruptible.ts'
import { inboxFacts } from '../view/inbox-view.ts'
import { taskFacts } from '../view/task-view.ts'

interface Options {
  readonly reason?: string
}

/** How long it waits to see what follows from the decision. */
const settleMs = 10_000

export const approve = (world: World, ended: Ended): Command => decision(world, ended, 'approved')
export const decline = (world: World, ended: Ended): Command => decision(world, ended, 'declined')

function decision(world: World, ended: Ended, decided: 'approved' | 'declined'): Command {
  const name = decided === 'approved' ? 'approve' : 'decline'
  return verb<Options>(world, ended, {
    usage: `${name} <item>`,
    summary:
      decided === 'approved'
        ? 'approve what waits for a person, with exactly its arguments'
        : 'decline what waits for a person',
    examples: [
      `${name} 01JDXQ7V7X6W9Z2M4T8R5N3K1B`,
      `${name} invoice/4711 --as controller --reason "agreed by phone" --yes --json`,
    ],
    options: [option('--reason <text>', "the person's own words, for the record")],
    notes:
      'An item is named by its task, by its own name or by a business key. Without --as it is decided by the person of whom it is asked.\nWithout a terminal it takes --yes to decide.',
    run: async (call) => {
      await using reached = await call.reach()
      const { operations } = reached
      const item = findItem(await operations.inbox(personOf(world, call.options)), call.args[0] ?? '')
      await confirmed(call, item, name)
      const { approval, known, record } = await operations.decide({
        item: item.item,
        person: item.person,
        decision: decided,
        reason: call.options.reason ?? '',
      })
      const decidedItem = ({ waitingOn }: { readonly waitingOn: readonly { readonly item: string }[] }): boolean =>
        waitingOn.every((waiting) => waiting.item !== item.item)
      const summary = await call.during('Waiting for what follows', () =>
        settle(operations, { task: item.task, untilMs: world.now() + settleMs, now: world.now, enough: decidedItem }),
      )
      const answer = {
        item: item.item,
        task: item.task,
        person: item.person,
        decision: decided,
        approval,
        known,
        record,
        status: summary.status,
      }
      call.answer.whole(
        answer,
        (paint) => `${paint.strong(decided)} by ${item.person} (${approval})\n\n${taskFacts(summary, paint)}`,
      )
      return exitCode.ok
    },
  })
}

/** Shows what is decided and asks once more, unless told that nobody is to be asked. */
async function confirmed(
  { world: { terminal, now, signal }, options, answer }: Call<Options>,
  item: InboxItem,
  name: string,
): Promise<void> {
  if (options.yes === true) return
  if (!terminal.interactive)
    throw usageError(
      `to ${name} without a terminal takes --yes`,
      '--yes',
      'Look at it first with `roster inbox <task>`.',
    )
  terminal.errors.write(`${inboxFacts(item, now(), answer.paint)}\n\n`)
  const { confirm } = await import('@clack/prompts')
  const sure = await confirm({
    message: `${name} as ${item.person}?`,
    initialValue: false,
    input: terminal.input,
    output: terminal.errors,
    signal,
  })
  if (sure === true) return
  throw sure === false ? new CommandError('cancelled', 'nothing was decided', { path: item.item }) : interruption()
}
