import { rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { CommandError, usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { counted } from '../view/units.ts'

interface Options {
  readonly out?: string
}

export const exportHistory = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'export [task]',
    summary: 'write everything that was recorded, of one task or of all, as one JSON document',
    examples: ['export 01JDXQ7V7X6W9Z2M4T8R5N3K1B --out incident.json', 'export > everything.json'],
    options: [
      option(
        '--out <file>',
        'write to this file instead of standard output; an existing one is replaced only with --yes',
      ),
    ],
    notes:
      'The document may hold personal data. It can be checked with `roster verify --export <file>` and replayed by a test.',
    async run({ args: [task], options: { out, yes }, answer, reach, during }) {
      if (out !== undefined && yes !== true && existsSync(resolve(world.cwd, out)))
        throw usageError(`${out} exists`, '--out', 'Name another file, or replace it with --yes.')
      await using reached = await reach()
      const document = await during('Exporting', () => reached.operations.export(task === undefined ? {} : { task }))
      const text = JSON.stringify(document)
      if (out === undefined) {
        answer.line(document, () => text)
        return exitCode.ok
      }
      await write(resolve(world.cwd, out), `${text}\n`)
      const written = { file: out, records: document.records.length, bytes: Buffer.byteLength(text) + 1 }
      answer.whole(written, () => `${counted(written.records, 'record')} (${written.bytes} bytes) in ${out}`)
      return exitCode.ok
    },
  })

/** Whole or not at all, and readable by its owner only: it may hold what people wrote. */
async function write(file: string, text: string): Promise<void> {
  const half = `${file}.${process.pid}`
  try {
    await writeFile(half, text, { mode: 0o600 })
    await rename(half, file)
  } catch (cause) {
    await rm(half, { force: true })
    throw new CommandError(
      'file-not-written',
      `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        path: '--out',
        hint: 'Name a place that exists, can be written and has room.',
        cause,
      },
    )
  }
}
