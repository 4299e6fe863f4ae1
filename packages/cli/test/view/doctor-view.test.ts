import type { Diagnosis } from 'roster/distributed'
import { describe, expect, it } from 'vitest'

import { paintFor } from '../../src/terminal/paint.ts'
import { doctorText } from '../../src/view/doctor-view.ts'

const failure = { code: 'store-unavailable', message: 'nobody answers', path: '', hint: '' }
const temporal = { ok: true, tasks: 'temporal', address: '127.0.0.1:7233', missing: [], waiting: [] } as const

function told(coordination: Diagnosis['coordination']): string {
  return doctorText({ store: { ok: false, failure }, bus: { ok: false, failure }, coordination }, [], paintFor(false))
}

describe('the doctor', () => {
  it('says who drives the tasks', () => {
    expect(told({ ok: true, tasks: 'hosts' })).toContain('Tasks  are driven by the hosts')
    expect(told(temporal)).toContain('Temporal  answers at 127.0.0.1:7233, and drives the tasks')
  })

  it('names the tasks that wait for a version which the team does not have', () => {
    const waiting = [{ stream: 'desk/task/T1', playbook: 'pay-invoice@1.0.0' }]
    expect(told({ ...temporal, ok: false, waiting })).toContain(
      'desk/task/T1  waits for pay-invoice@1.0.0, which the team',
    )
  })

  it('says what a Temporal server lacks, and that one does not answer', () => {
    expect(told({ ...temporal, ok: false, missing: ['RosterTeam'] })).toContain('lacks RosterTeam')
    expect(told({ ok: false, tasks: 'temporal', failure })).toContain('Temporal  store-unavailable: nobody answers')
  })
})
