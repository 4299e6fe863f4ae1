import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { describeWithServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import type { UpMember } from '../../src/verb/up-state.ts'
import { rosterJson } from './roster-process.ts'

const desk = join(import.meta.dirname, '../../../../docs/examples/accounts-payable')

interface Status {
  readonly servers: readonly { readonly name: string; readonly address: string }[]
}

/** What a NATS server says to somebody who brings nothing. */
async function saidToAnybody(address: string): Promise<string> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  let said = ''
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()))
  socket.write('CONNECT {"verbose":false}\r\nPING\r\n')
  await Promise.race([once(socket, 'close'), delay(5000)])
  socket.destroy()
  return said
}

describeWithServer('nats', 'roster up on the servers of its folder', () => {
  it(
    'gives everybody on the bus a credential of their own, and nobody else gets in',
    { timeout: 180_000 },
    async () => {
      const cwd = await mkdtemp(join(tmpdir(), 'roster-identity-'))
      const folder = join(cwd, '.roster')
      const place = { cwd, env: { ROSTER_TEAM: join(desk, 'src/team.ts'), ROSTER_FOLDER: folder } }
      try {
        expect(await rosterJson(place, 'servers', 'up', 'postgres', 'nats')).toMatchObject({ code: 0 })
        const up = await rosterJson<{ members: readonly UpMember[] }>(place, 'up', '--detach', '--hosts', '2')
        expect(up).toMatchObject({ code: 0, json: { identity: 'own' } })
        const { json } = await rosterJson<Status>(place, 'servers', 'status')
        const address = json.servers.find(({ name }) => name === 'nats')?.address ?? ''
        expect(await saidToAnybody(address)).toContain('Authorization Violation')

        const file = join(desk, 'documents/01-within-limits.xml')
        const paid = await rosterJson(place, 'task', 'publish', 'pay-invoice', '--file', file, '--wait')
        expect(paid.json).toMatchObject({ status: 'done', outcome: { outcome: 'paid' } })
        const logs = await Promise.all(up.json.members.map(({ log }) => readFile(log, 'utf8')))
        for (const who of ['accounts-payable/clerk', 'accounts-payable/matcher', 'accounts-payable/treasurer'])
          expect(logs.join('\n')).toContain(`"as":"${who}"`)
        expect(await rosterJson(place, 'doctor')).toMatchObject({ code: 0, json: { bus: { identity: 'own' } } })

        // The server is named by nobody: the commands find the one of this folder.
        const rotated = await rosterJson(place, 'rotate', '--grace', '2s', '--because', 'a drill')
        expect(rotated).toMatchObject({ code: 0 })
        const again = join(desk, 'documents/02-within-limits-in-kronor.xml')
        const after = await rosterJson(place, 'task', 'publish', 'pay-invoice', '--file', again, '--wait')
        expect(after.json).toMatchObject({ status: 'done', outcome: { outcome: 'paid' } })
      } finally {
        await rosterJson(place, 'down')
        await rosterJson(place, 'servers', 'wipe', '--yes')
        await rm(cwd, { recursive: true, force: true })
      }
    },
  )
})
