import type { KeysOperations } from 'roster/keys'

import { folderOf, type Call } from '../../command/call.ts'
import { CommandError } from '../../failure/command-error.ts'
import { memberEnvironment } from '../up-settings.ts'

/** What is done with the keys of the team's folder. They are loaded when they are needed: `--help` needs none of it. */
export async function keysOf({ world, options }: Pick<Call, 'world' | 'options'>): Promise<KeysOperations> {
  const { keysOperations } = await import('roster/keys')
  return keysOperations({ folder: folderOf(world, options), clock: { now: world.now }, env: world.env })
}

/** The servers that are to learn of a change: --server, else NATS_URL, else that of this clone; several are divided by commas. */
export async function serversOf(call: Call<{ readonly server?: string }>): Promise<string[]> {
  const given = call.options.server ?? (await memberEnvironment(call))['NATS_URL']
  if (given === undefined || given === '') {
    throw new CommandError('usage', 'no NATS server is named', {
      path: '--server',
      hint: "Give --server nats://127.0.0.1:4222, set NATS_URL, or start this clone's with `roster servers up nats`.",
    })
  }
  return given.split(',').map((one) => one.trim())
}
