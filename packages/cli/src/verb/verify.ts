import { resolve } from 'node:path'

import type { Verification } from 'roster/client'

import type { Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { readExport } from '../export/read-export.ts'
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
  return openers.verifyExport(await readExport(resolve(cwd, file), '--export'))
}
