import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Call } from '../command/call.ts'
import { keysOf } from './keys/keys-call.ts'
import { serversFolder } from './servers/servers-folder.ts'

/** Whether everybody on the bus has a credential of their own, or all have that of the server's address. */
export type BusIdentity = 'own' | 'shared'

/**
 * Sees to it that everybody has a credential of their own on the NATS server of this clone: makes the keys of the folder where there are
 * none, and starts the server again where it does not know them. A server that NATS_URL names is somebody else's: its password is taken
 * for everybody, unless the folder has keys.
 */
export async function ensureIdentity(call: Call): Promise<BusIdentity> {
  const keys = await keysOf(call)
  const known = await keys.exists()
  if (call.world.env['NATS_URL']) return known ? 'own' : 'shared'
  const folder = serversFolder(call)
  const file = join(folder, 'nats-identity.conf')
  const { cloneSettings } = await import('@roster/servers')
  const { natsConfig } = await cloneSettings(folder)
  // A configuration of the user's own says itself who may connect.
  if (natsConfig !== null && natsConfig !== file) return known ? 'own' : 'shared'
  if (!known) {
    const { name } = (await call.team()).team as { readonly name: string }
    await call.during('Making keys for everybody', () => keys.init({ tenant: name }))
  }
  const before = await readFile(file, 'utf8').catch(() => '')
  const config = await keys.config(join(folder, 'nats-accounts'))
  await writeFile(file, config, { mode: 0o600 })
  if (natsConfig === null || operatorOf(before) !== operatorOf(config)) await restartNats(call, folder, file)
  return 'own'
}

/** Data, port and log stay. Nobody of the team is on it yet: `roster up` refuses a second one. */
async function restartNats({ world: { env }, during }: Call, folder: string, natsConfig: string): Promise<void> {
  const { cloneDown, cloneUp } = await import('@roster/servers')
  await during('Telling NATS who is who', async () => {
    await cloneDown(folder, ['nats'])
    await cloneUp({ folder, env, servers: ['nats'], settings: { natsConfig } })
  })
}

/** An operator's JWT differs each time that it is made; the operator itself is its subject. */
function operatorOf(config: string): string | undefined {
  const [, claims = ''] = /^operator: [^.]+\.([^.]+)\./m.exec(config) ?? []
  if (claims === '') return undefined
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { readonly sub?: string }).sub
}
