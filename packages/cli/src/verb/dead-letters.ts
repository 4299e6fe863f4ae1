import { Command } from 'commander'
import type { DeadLetter } from 'roster/client'

import { personOf, type Call } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { CommandError, usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { columns, cut, facts } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { safeText } from '../terminal/safe-text.ts'
import { dayAndTime } from '../view/units.ts'

/** `roster dead-letters …`: what failed too often and was set aside. */
export function deadLetters(world: World, ended: Ended): Command {
  const command = new Command('dead-letters').description('look after what failed too often and was set aside')
  command.helpCommand(false).commandsGroup('Verbs:')
  for (const one of [list, show, resend]) command.addCommand(one(world, ended))
  return command.addHelpText('after', '\nExample:\n  $ roster dead-letters list')
}

const list = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'list',
    summary: 'list what was set aside, the oldest first',
    examples: ['dead-letters list', 'dead-letters list --json'],
    async run({ answer, reach }) {
      await using reached = await reach()
      const letters = await reached.operations.deadLetters()
      answer.whole(letters, (paint) => table(letters, paint))
      return exitCode.ok
    },
  })

const show = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'show <record>',
    summary: 'show one in full',
    examples: ['dead-letters show 01M7Z0P0ZJZTDQWZR0QDYVG6T2'],
    notes: '`roster why <record>` shows what led to it.',
    async run(call) {
      await using reached = await call.reach()
      const letter = find(await reached.operations.deadLetters(), call.args[0] ?? '')
      call.answer.whole(letter, () =>
        facts({
          record: letter.record,
          for: safeText(letter.stream),
          task: letter.task,
          type: safeText(`${letter.type} ${letter.kind}`.trim()),
          from: safeText(letter.sender),
          since: dayAndTime(letter.at),
          because: safeText(letter.because),
        }),
      )
      return exitCode.ok
    },
  })

const resend = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'resend <record>',
    summary: 'take one up again, once what made it fail is mended',
    examples: ['dead-letters resend 01M7Z0P0ZJZTDQWZR0QDYVG6T2 --as controller'],
    notes:
      'Where it ended a task, the task is published again with the same input, as a new one; else the message is sent again. Twice is once.',
    async run(call) {
      const by = requirePerson(call)
      await using reached = await call.reach()
      const sent = await reached.operations.resend({ record: call.args[0] ?? '', by })
      call.answer.whole(sent, () => {
        const what = sent.task === sent.message ? `task ${sent.task}` : `message ${sent.message}`
        return sent.known ? `It was sent again before: ${what}.` : `Sent again: ${what}.`
      })
      return exitCode.ok
    },
  })

function requirePerson({ world, options }: Call): string {
  const by = personOf(world, options)
  if (by !== undefined) return by
  throw usageError('nobody is named who wants it', '--as', 'Say who you are: --as <person>.')
}

function find(letters: readonly DeadLetter[], record: string): DeadLetter {
  const letter = letters.find((one) => one.record === record)
  if (letter !== undefined) return letter
  throw new CommandError('unknown-record', `${record} is no dead letter`, {
    path: record,
    hint: 'Run `roster dead-letters list` to see what was set aside.',
  })
}

function table(letters: readonly DeadLetter[], paint: Paint): string {
  if (letters.length === 0) return 'Nothing was set aside.'
  const rows = letters.map(({ record, stream, type, kind, at, because }) => [
    record,
    safeText(stream),
    safeText(`${type} ${kind}`.trim()),
    dayAndTime(at),
    cut(safeText(because), 60),
  ])
  return columns([['RECORD', 'FOR', 'TYPE', 'SINCE', 'BECAUSE'].map(paint.quiet), ...rows])
}
