import { sha256 } from '@roster/testing'
import { assign, setup, type AnyStateMachine } from 'xstate'
import { describe, expect, it } from 'vitest'

import {
  approvalJob,
  restep,
  skillLogic,
  standardDuty,
  standardJob,
  type Definition,
  type Restepped,
  type Team,
} from '../../src/index.ts'
import { course, livedCourse } from '../kit/course.ts'
import { Life } from '../kit/life.ts'
import { ada, team } from '../kit/sample.ts'
import { shape } from '../kit/shape.ts'

/** A life stepped again, as it was or on another definition or team. */
function again(life: Life, changes: Partial<Definition> = {}, on: Team = team): Restepped {
  return restep(on, life.actor.stream, { ...life.definition, ...changes }, life.records, sha256)
}

const cancelled = { status: 'cancelled' as const, error: { code: 'cancelled', message: 'withdrawn' } }

describe('a history stepped again comes to the same digest at each version:', () => {
  it('asks by role and by name, effects, denials, timers, cancellations, late answers, parallel regions and their history', () => {
    const life = livedCourse()
    expect(again(life)).toEqual({ kind: 'same', steps: 18, state: life.state })
  })

  it('whoever got the work then, also if they have left or another would get it now', () => {
    const { bert, eve } = team.colleagues as Record<string, Team['colleagues'][string]>
    expect(again(livedCourse(), {}, { ...team, colleagues: { bert, eve } as never }).kind).toBe('same')
  })

  it('a colleague, from its hiring on', () => {
    const life = new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency: 1 } })
    for (const type of ['work', 'pause', 'resume', 'stop', 'resume', 'job.ended', 'work', 'gossip'])
      life.send(type, { payload: null })
    expect(again(life).kind).toBe('same')
  })

  it('a job that was refused before it began', () => {
    expect(again(new Life(standardJob, { input: shape({ topic: 'string' }) }))).toMatchObject({
      kind: 'same',
      steps: 1,
    })
  })

  it('a job that was ended from outside, and what came for it afterwards', () => {
    const life = new Life(approvalJob)
    life.end(cancelled)
    life.send('decision', { payload: null })
    expect(again(life)).toMatchObject({ kind: 'same', steps: 3 })
  })

  it('a job that failed', () => {
    const life = new Life(standardJob)
    life.failed(life.last.effects[0] as never, { code: 'model-failed', message: 'no' })
    expect(again(life).kind).toBe('same')
  })

  it('no history at all', () => {
    expect(restep(team, ada, livedCourse().definition, [], sha256)).toEqual({ kind: 'same', steps: 0, state: null })
  })
})

describe('a definition that changed since', () => {
  const counting = (by: number): AnyStateMachine =>
    setup({ types: { context: {} as { n: number } } }).createMachine({
      context: { n: 0 },
      on: { add: { actions: assign({ n: ({ context }) => context.n + (context.n < 2 ? 1 : by) }) } },
    })

  it('is found at the first version where it makes a difference, which is explained', () => {
    const life = new Life(counting(1))
    for (let index = 0; index < 4; index++) life.send('add')
    const result = again(life, { machine: counting(5), digest: 'new' })
    expect(result).toMatchObject({
      kind: 'diverged',
      divergence: {
        version: 4,
        expected: { machine: { context: { n: 3 } } },
        actual: { machine: { context: { n: 7 } } },
        patch: [{ op: 'replace', path: '/machine/context/n', value: 7 }],
        recordedDefinition: life.definition.digest,
        presentDefinition: 'new',
      },
    })
  })

  it('and fails now is a divergence too, with the error', () => {
    const life = new Life(counting(1))
    life.send('add')
    const failing = setup({}).createMachine({ context: { n: 0 }, on: { add: { actions: assign(() => { throw new Error('broken') }) } } }) // prettier-ignore
    expect(again(life, { machine: failing as never })).toMatchObject({
      divergence: { version: 2, actual: null, error: { message: 'broken' } },
    })
  })

  it('and lacks the state is a divergence too', () => {
    const life = livedCourse()
    const other = setup({}).createMachine({ initial: 'elsewhere', states: { elsewhere: {} } })
    expect(again(life, { machine: other as never })).toMatchObject({ kind: 'diverged', divergence: { version: 1 } })
  })

  it('asks somebody else by name is found', () => {
    const life = livedCourse()
    const chief = skillLogic({ kind: 'ask', to: { name: 'bert' }, work: 'look' })
    const renamed = course.provide({ actors: { chief: chief as never } })
    expect(again(life, { machine: renamed as never })).toMatchObject({ kind: 'diverged', divergence: { version: 5 } })
  })
})

describe('a history that was changed', () => {
  it('is not stepped again', () => {
    const life = livedCourse()
    life.records[2] = { ...(life.records[2] as never as object), body: '{}' } as never
    expect(() => again(life)).toThrow('record 3 of acme/task/t1: its body does not fit its hash')
  })
})
