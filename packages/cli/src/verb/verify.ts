import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import type { Exported, Verification } from 'roster/client'

import type { Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { CommandError, usageError } from '../failure/command-error.ts'
import { exitCode } from '../failure/exit-code.ts'
import { verificationText } from '../view/verification-view.ts'

interface Options {
  readonly export?: string
}

export const verify = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'verify',
    summary: 'check every hash, chain, column and head of the history',
    examples: ['verify', 'verify --export incident.json --json'],
    options: [option('--export <file>', 'check an exported file instead, without the team')],
    notes: 'Ends with 4 if something was changed behind its back, and names it.',
    async run(call) {
      const { export: file } = call.options
      const verification = file === undefined ? await ofStore(call) : await ofFile(call, file)
      call.answer.whole(verification, (paint) => verificationText(verification, paint))
      return verification.verified ? exitCode.ok : exitCode.unverified
    },
  })

async function ofStore({ reach, during }: Call<Options>): Promise<Verification> {
  await using reached = await reach()
  return await during('Verifying', () => reached.operations.verify())
}

async function ofFile({ world: { cwd, openers } }: Call<Options>, file: string): Promise<Verification> {
  return openers.verifyExport(await readExport(resolve(cwd, file), file))
}

async function readExport(path: string, named: string): Promise<Exported> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new CommandError('file-not-found', `${named} cannot be read`, {
      path: '--export',
      hint: 'Give a file that `roster export --out <file>` wrote.',
      cause,
    })
  }
  try {
    const value = JSON.parse(text) as Partial<Exported> | null
    if (value?.format === 'roster.export.1' && Array.isArray(value.records) && Array.isArray(value.heads))
      return value as Exported
  } catch {
    // The same answer as for a file of another form.
  }
  throw usageError(
    `${named} is no export that this version can read`,
    '--export',
    'Its "format" must be "roster.export.1".',
  )
}
