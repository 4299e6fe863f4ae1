import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import { Option } from 'commander'

import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'

interface Options {
  readonly format: 'svg' | 'mermaid'
  readonly output?: string
}

export const graph = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'graph <name>',
    summary: 'draw a playbook, or how a colleague takes and does work',
    examples: ['graph pay-invoice --output pay-invoice.svg', 'graph clerk --format mermaid'],
    options: [
      new Option('--format <format>', 'what it is drawn as').choices(['svg', 'mermaid']).default('svg'),
      option('--output <file>', 'where the drawing goes (default: standard output)'),
    ],
    notes: 'Failures that lead from many steps to the same end are counted there, and not drawn one by one.',
    async run({ args: [name = ''], options: { format, output }, answer, team }) {
      const { team: loaded } = await team()
      const { mermaid, pictureOfMember, svg } = await import('@roster/graph')
      const picture = pictureOfMember(loaded as Parameters<typeof pictureOfMember>[0], name)
      const drawing = format === 'svg' ? await svg(picture) : `${mermaid(picture)}\n`
      if (output === undefined) {
        answer.whole({ name: picture.name, format, drawing }, () => drawing.trimEnd())
        return exitCode.ok
      }
      await writeFile(resolve(world.cwd, output), drawing)
      answer.whole({ name: picture.name, format, output }, () => `Drew ${picture.name} into ${output}.`)
      return exitCode.ok
    },
  })
