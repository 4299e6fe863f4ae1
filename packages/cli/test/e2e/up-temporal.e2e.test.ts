import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describeWithServer } from '@roster/testing/servers'
import { expect, it } from 'vitest'

import type { UpMember } from '../../src/verb/up-state.ts'
import { roster, rosterJson } from './roster-process.ts'

const desk = join(import.meta.dirname, '../../../../docs/examples/accounts-payable')

interface Task {
  readonly task: string
  readonly status: string
  readonly outcome: { readonly outcome: string } | null
}

interface Listed {
  readonly execution: { readonly workflowId: string }
  readonly status: string
  readonly searchAttributes: { readonly indexedFields: Readonly<Record<string, { readonly data: string }>> }
}

describeWithServer('temporal', 'roster up with Temporal', () => {
  describeWithServer('postgres', 'over PostgreSQL', () => {
    it(
      'runs the desk as a new user does: servers up, up, a task, its workflow, its replay',
      { timeout: 240_000 },
      async () => {
        const folder = await mkdtemp(join(tmpdir(), 'roster-temporal-'))
        const { ROSTER_CACHE = '' } = process.env
        const env = {
          ROSTER_FOLDER: folder,
          ROSTER_TEAM: join(desk, 'src/team.ts'),
          ...(ROSTER_CACHE === '' ? {} : { ROSTER_CACHE }),
        }
        const place = { cwd: folder, env }
        try {
          expect(await rosterJson(place, 'servers', 'up')).toMatchObject({ code: 0 })
          const up = await rosterJson<{ readonly members: readonly UpMember[] }>(
            place,
            'up',
            '--detach',
            '--hosts',
            '2',
          )
          expect(up.json.members.map(({ role }) => role)).toEqual(['coordinator', 'host', 'host'])

          const paid = await published(place, '01-within-limits.xml')
          expect(paid).toMatchObject({ status: 'done', outcome: { outcome: 'paid' } })
          const approved = await published(place, '03-controller-approves.xml', '--yes')
          expect(approved).toMatchObject({ status: 'done', outcome: { outcome: 'paid' } })

          const list = ['servers', 'exec', 'temporal', 'workflow', 'list', '--output', 'json']
          const listed = JSON.parse((await roster(place, ...list)).out) as readonly Listed[]
          expect(listed.map(({ execution }) => execution.workflowId).toSorted()).toEqual(
            [paid, approved].map(({ task }) => `task/${task}`).toSorted(),
          )
          for (const { searchAttributes } of listed) {
            const fields = Object.entries(searchAttributes.indexedFields)
            const values = fields.map(([name, { data }]) => [
              name,
              JSON.parse(Buffer.from(data, 'base64').toString()) as unknown,
            ])
            expect(Object.fromEntries(values)).toMatchObject({
              RosterTeam: 'accounts-payable',
              RosterPlaybook: 'pay-invoice',
              RosterOutcome: 'done',
            })
          }
          expect(await rosterJson(place, 'replay', approved.task)).toMatchObject({ code: 0, json: { verified: true } })
          const doctor = await rosterJson<{ readonly ok: boolean }>(place, 'doctor')
          expect(doctor, JSON.stringify(doctor.json)).toMatchObject({
            code: 0,
            json: { ok: true, coordination: { ok: true } },
          })
          expect(await rosterJson(place, 'verify')).toMatchObject({ code: 0, json: { verified: true } })
        } finally {
          const down = await rosterJson<{ readonly stopped: readonly { readonly ended: string }[] }>(place, 'down')
          expect(new Set(down.json.stopped.map(({ ended }) => ended))).toEqual(new Set(['drained']))
          await roster(place, 'servers', 'wipe', '--yes')
          await rm(folder, { recursive: true, force: true })
        }
      },
    )
  })
})

async function published(
  place: Parameters<typeof roster>[0],
  document: string,
  ...more: readonly string[]
): Promise<Task> {
  const file = join(desk, 'documents', document)
  return (await rosterJson<Task>(place, 'task', 'publish', 'pay-invoice', '--file', file, '--wait', ...more)).json
}
