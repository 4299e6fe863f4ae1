import { describe, expect, it } from 'vitest'

import { beginningOf, canBegin, originOf, standardDuty, standardJob } from '../../src/index.ts'
import { ada, adasJob, definition, message, task } from '../kit/sample.ts'
import { shape } from '../kit/shape.ts'

const ask = { id: 'w1', type: 'work', kind: 'write', sender: task, to: ada }
const jobStart = message({
  id: 's1',
  type: 'job.start',
  kind: 'write',
  sender: ada,
  to: adasJob,
  payload: { ask, input: { topic: 'tides', more: 1 } },
})
const taskMessage = message({
  id: 't1',
  type: 'task',
  kind: 'brief',
  sender: 'client/web',
  to: task,
  payload: { topic: 'tides' },
})

describe('an actor begins', () => {
  it('as a job: with the content of the ask, and answers whoever asked, not its colleague', () => {
    const begun = beginningOf(definition(standardJob), jobStart)
    expect(begun).toMatchObject({
      kind: 'begins',
      beginning: {
        input: { input: { topic: 'tides', more: 1 }, task: 't1', kind: 'write', sender: task },
        origin: { replyTo: task, askId: 'w1', correlationId: 't1', kind: 'write' },
      },
    })
  })

  it('as a task: with what was published, and answers its client', () => {
    expect(beginningOf(definition(standardJob, { kind: 'playbook' }), taskMessage)).toMatchObject({
      beginning: {
        input: { input: { topic: 'tides' }, task: 't1', kind: 'brief', sender: 'client/web' },
        origin: { replyTo: 'client/web', askId: 't1', kind: 'brief' },
      },
    })
  })

  it('as a colleague: with how much it may do at once, and answers nobody', () => {
    const hired = message({ id: 'h', type: 'hired', sender: 'client/system', to: ada, payload: { concurrency: 2 } })
    expect(beginningOf(definition(standardDuty, { kind: 'colleague' }), hired)).toMatchObject({
      beginning: { input: { concurrency: 2 }, origin: null },
    })
  })

  it('with what its contract lets through', () => {
    expect(beginningOf(definition(standardJob, { input: shape({ topic: 'string' }) }), jobStart)).toMatchObject({
      beginning: { input: { input: { topic: 'tides' } } },
    })
  })

  it('not at all with what does not fit its contract: that is refused, with the field, to whoever asked', () => {
    expect(beginningOf(definition(standardJob, { input: shape({ topic: 'number' }) }), jobStart)).toMatchObject({
      kind: 'refused',
      origin: { replyTo: task },
      failure: { code: 'input-invalid', path: '/topic' },
    })
  })

  it('with the label, the approvals and the endorsements of its first message', () => {
    const label = { integrity: 'untrusted' as const, sources: ['client/mail'] }
    const endorsements = [{ check: 'c', tool: 't', argumentsDigest: 'd' }]
    expect(beginningOf(definition(standardJob), { ...jobStart, label, endorsements })).toMatchObject({
      beginning: { label, endorsements, approvals: [] },
    })
  })
})

describe('what begins an actor', () => {
  it.each([
    [adasJob, 'job.start'],
    [task, 'task'],
    [ada, 'hired'],
    ['acme/person/eve', 'hired'],
  ])('of %s is %s and nothing else', (stream, type) => {
    const able = ['job.start', 'task', 'hired', 'work', 'cancel', 'reply', 'decision'].filter((one) =>
      canBegin(stream, { type: one }),
    )
    expect(able).toEqual([type])
  })

  it('is nothing for a team or a client', () => {
    expect(['acme/team', 'client/web'].some((stream) => canBegin(stream, { type: 'hired' }))).toBe(false)
  })
})

describe('the origin', () => {
  it('has the type as its kind where the message has none', () => {
    expect(originOf(message({ id: 'm', type: 'note', to: ada })).kind).toBe('note')
  })
})
