import { describe, expect, it } from 'vitest'

import { standardDuty, type Json, type Message } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, adasJob } from '../kit/sample.ts'

function hired(concurrency = 1): Life {
  return new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency } })
}

const work = (life: Life, id: string, parts: Partial<Message> = {}) =>
  life.send('work', { id, kind: 'write', payload: 'content', ...parts })
const ended = (life: Life, job: string) => life.send('job.ended', { sender: adasJob, payload: { job, how: 'done' } })

describe('the standard colleague', () => {
  it('answers nobody: it has no origin', () => {
    expect(hired().state.origin).toBeNull()
  })

  it('starts a job for a piece of work: with its content, label, approvals and budget, and who asked', () => {
    const label = { integrity: 'untrusted' as const, sources: ['client/mail'] }
    const endorsements = [{ check: 'c', tool: 't', argumentsDigest: 'd' }]
    const { messages } = work(hired(), 'w1', {
      label,
      endorsements,
      budget: { costMicroUsd: 1, tokens: 2, modelCalls: 3, toolCalls: 4 },
    })
    expect(messages).toEqual([
      expect.objectContaining({
        type: 'job.start',
        kind: 'write',
        to: `${ada}/job/w1`,
        sender: ada,
        label,
        endorsements,
        budget: expect.objectContaining({ tokens: 2 }),
      }),
    ])
    expect(messages[0]?.payload).toMatchObject({ ask: { id: 'w1', sender: 'acme/task/t1' }, input: 'content' })
  })

  it('never sees the content of a piece of work', () => {
    const life = hired()
    work(life, 'w1', { payload: { secret: 'hunter2' } })
    expect(JSON.stringify(life.state)).not.toContain('hunter2')
  })

  it('is busy at its concurrency, and lets work wait until a job has ended', () => {
    const life = hired(2)
    work(life, 'w1')
    expect([life.value, life.canTake('work')]).toEqual(['available', 'taken'])
    work(life, 'w2')
    expect([life.value, life.canTake('work')]).toEqual(['busy', 'waits'])
    ended(life, 'w1')
    expect([life.value, life.canTake('work'), life.data]).toEqual(['available', 'taken', { concurrency: 2, open: 1 }])
  })

  it('takes no work while it is paused, and goes on where it was when it resumes', () => {
    const life = hired()
    work(life, 'w1')
    life.send('pause')
    expect([life.value, life.canTake('work')]).toEqual(['paused', 'waits'])
    ended(life, 'w1')
    life.send('resume')
    expect([life.value, life.data['open']]).toEqual(['available', 0])
    work(life, 'w2')
    life.send('pause')
    life.send('resume')
    expect(life.value).toBe('busy')
  })

  it('refuses work once it was stopped, until it is resumed', () => {
    const life = hired()
    life.send('stop')
    expect([life.value, life.canTake('work')]).toEqual(['stopped', 'unknown'])
    life.send('resume')
    expect(life.canTake('work')).toBe('taken')
  })

  it.each<readonly [string, readonly string[], string]>([
    ['resume', [], 'available'],
    ['pause', ['pause'], 'paused'],
    ['stop', ['stop'], 'stopped'],
    ['pause', ['stop'], 'stopped'],
  ])('takes a %s that changes nothing, so that it does not lie there until it would', (type, before, value) => {
    const life = hired()
    for (const one of before) life.send(one)
    expect(life.canTake(type)).toBe('taken')
    life.send(type)
    expect(life.value).toBe(value)
  })

  it('counts no fewer open jobs than none', () => {
    const life = hired()
    ended(life, 'w0')
    expect(life.data['open']).toBe(0)
  })

  it('knows nothing of other messages', () => {
    expect(hired().canTake('gossip')).toBe('unknown')
  })

  it('says in its record why it was busy', () => {
    const life = hired()
    work(life, 'w1')
    const { path } = JSON.parse(life.records.at(-1)?.envelope ?? '') as { path: Json }
    expect(path).toMatchObject({
      taken: [
        { source: 'duty.available', event: 'work' },
        { source: 'duty.available', event: '', target: ['duty.busy'] },
      ],
    })
  })
})
