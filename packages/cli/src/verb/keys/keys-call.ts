import type { KeysOperations } from 'roster/keys'

import { folderOf, type Call } from '../../command/call.ts'
import { CommandError } from '../../failure/command-error.ts'

/** What is done with the keys of the team's folder. They are loaded when they are needed: `--help` needs none of it. */
export async function keysOf({ world, options }: Pick<Call, 'world' | 'options'>): Promise<KeysOperations> {
  const { keysOperations } = await import('roster/keys')
  return keysOperations({ folder: folderOf(world, options), clock: { now: world.now }, env: world.env })
}

/** The servers that are to learn of a change: --server, else NATS_URL; several are divided by commas. */
export function serversOf({ world, options }: Pick<Call<{ readonly server?: string }>, 'world' | 'options'>): string[] {
  const given = options.server ?? world.env['NATS_URL']
  if (given === undefined || given === '') {
    throw new CommandError('usage', 'no NATS server is named', {
      path: '--server',
      hint: 'Give --server nats://127.0.0.1:4222, set NATS_URL, or run it as `roster servers exec roster …`.',
    })
  }
  return given.split(',').map((one) => one.trim())
}
