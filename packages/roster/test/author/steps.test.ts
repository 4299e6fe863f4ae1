import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { colleague, person, playbook, team, type Steps } from '../../src/index.ts'
import { rehearse, scripted, type RehearsalOptions } from '../../src/testing.ts'
import { allowAll } from '../stage.ts'

const Count = z.object({ n: z.number() })
type N = z.infer<typeof Count>
const owner = person('owner', { role: 'owner' })
const second = person('second', { role: 'second' })
const of = (input: unknown): number => (input as N).n
const counter = colleague('counter@1.0.0', {
  owner,
  role: 'counter',
  model: scripted({
    double: (input) => ({ n: of(input) * 2 }),
    increment: (input) => ({ n: of(input) + 1 }),
    done: (input) => ({ n: of(input) + 100 }),
    stumble: () => 'no number',
  }),
  accepts: {
    double: { input: Count, output: Count, instructions: 'Double it.' },
    increment: { input: Count, output: Count, instructions: 'Add one.' },
    done: { input: Count, output: Count, instructions: 'Add a hundred.' },
    stumble: { input: Count, output: Count, instructions: 'Fail.' },
  },
})

const hour = 3_600_000
const day = 24 * hour

async function counted(graph: (steps: Steps<N>) => Steps<N>, n: number, options: RehearsalOptions = {}) {
  const counting = playbook('counting@1.0.0', { owner, input: Count, output: Count }, graph)
  const counters = team('counters', { colleagues: [counter, owner, second], playbooks: [counting], policies: allowAll })
  const run = await rehearse(counters, options)
  const task = await run.publish('counting', { n })
  return { run, task }
}

describe('a line of steps', () => {
  it('gives each step what the one before it gave', async () => {
    const { task } = await counted((steps) => steps.ask(counter, 'double').ask(counter, 'increment'), 5)
    expect(await task.result()).toEqual({ n: 11 })
  })

  it('without a step gives its input back', async () => {
    const { task } = await counted((steps) => steps, 5)
    expect(await task.result()).toEqual({ n: 5 })
  })

  it('does a kind of work that is called like the end of a machine', async () => {
    const { task } = await counted((steps) => steps.ask(counter, 'done'), 5)
    expect(await task.result()).toEqual({ n: 105 })
  })

  it('does the same kind of work twice', async () => {
    const { task } = await counted((steps) => steps.ask(counter, 'double').ask(counter, 'double'), 5)
    expect(await task.result()).toEqual({ n: 20 })
  })

  it('ends as failed with the error of the step that failed', async () => {
    const { task } = await counted((steps) => steps.ask(counter, 'stumble').ask(counter, 'double'), 5)
    expect(await task.outcome()).toMatchObject({ status: 'failed', error: { code: 'model-failed' } })
  })
})

describe('a branch', () => {
  const graph = (steps: Steps<N>): Steps<N> =>
    steps
      .branch(
        'large',
        ({ n }) => n > 10,
        (yes) => yes.ask(counter, 'double'),
        (no) => no,
      )
      .ask(counter, 'increment')

  it('goes one way when its test is true, and on', async () => {
    const { task } = await counted(graph, 20)
    expect(await task.result()).toEqual({ n: 41 })
  })

  it('goes the other way when its test is false, and on', async () => {
    const { task } = await counted(graph, 5)
    expect(await task.result()).toEqual({ n: 6 })
  })

  it('can be inside a branch', async () => {
    const nested = (steps: Steps<N>): Steps<N> =>
      steps.branch(
        'large',
        ({ n }) => n > 10,
        (yes) =>
          yes.branch(
            'huge',
            ({ n }) => n > 100,
            (huge) => huge.ask(counter, 'increment'),
            (large) => large.ask(counter, 'double'),
          ),
        (no) => no,
      )
    expect(await (await counted(nested, 200)).task.result()).toEqual({ n: 201 })
    expect(await (await counted(nested, 20)).task.result()).toEqual({ n: 40 })
  })

  it('is refused when its label cannot name a state', () => {
    const named = () =>
      playbook('counting@1.0.0', { owner, input: Count, output: Count }, (steps) =>
        steps.branch(
          'above 10.000',
          ({ n }) => n > 10_000,
          (yes) => yes,
          (no) => no,
        ),
      )
    expect(named).toThrow(expect.objectContaining({ code: 'definition-invalid', path: 'above 10.000' }))
  })
})

describe('a parallel', () => {
  it('gives the value to all and goes on with their results by name', async () => {
    const Both = z.object({ twice: Count, plusOne: Count, same: Count })
    const counting = playbook('counting@1.0.0', { owner, input: Count, output: Both }, (steps) =>
      steps.parallel({
        twice: (line) => line.ask(counter, 'double'),
        plusOne: (line) => line.ask(counter, 'increment'),
        same: (line) => line,
      }),
    )
    const counters = team('counters', { colleagues: [counter, owner], playbooks: [counting], policies: allowAll })
    await using run = await rehearse(counters)
    const task = await run.publish('counting', { n: 5 })
    expect(await task.result()).toEqual({ twice: { n: 10 }, plusOne: { n: 6 }, same: { n: 5 } })
  })

  it('keeps results apart from those of a parallel inside it, whatever they are called', async () => {
    const Nested = z.object({ a: z.object({ a: Count, b: Count }), b: Count })
    const counting = playbook('counting@1.0.0', { owner, input: Count, output: Nested }, (steps) =>
      steps.parallel({
        a: (line) =>
          line.ask(counter, 'double').parallel({
            a: (inner) => inner.ask(counter, 'double'),
            b: (inner) => inner.ask(counter, 'increment'),
          }),
        b: (line) => line.ask(counter, 'increment'),
      }),
    )
    const counters = team('counters', { colleagues: [counter, owner], playbooks: [counting], policies: allowAll })
    await using run = await rehearse(counters)
    const task = await run.publish('counting', { n: 5 })
    expect(await task.result()).toEqual({ a: { a: { n: 20 }, b: { n: 11 } }, b: { n: 6 } })
  })

  it('ends with the first error, and withdraws what the others do', async () => {
    const counting = playbook(
      'counting@1.0.0',
      { owner, input: Count, output: z.object({ fails: Count, waits: Count }) },
      (steps) =>
        steps.parallel({
          fails: (line) => line.ask(counter, 'stumble'),
          waits: (line) => line.approve(second, { within: '1 day', otherwise: 'fail' }),
        }),
    )
    const counters = team('counters', {
      colleagues: [counter, owner, second],
      playbooks: [counting],
      policies: allowAll,
    })
    await using run = await rehearse(counters, { people: { second: 'wait' } })
    const task = await run.publish('counting', { n: 5 })
    expect(await task.outcome()).toMatchObject({ status: 'failed', error: { code: 'model-failed' } })
    await run.idle()
    expect(await run.operations.inbox()).toEqual([])
  })
})

describe('an approval', () => {
  const escalating = (steps: Steps<N>): Steps<N> => steps.approve(second, { within: '1 day', otherwise: 'escalate' })

  it('goes on with the same value when the person approves', async () => {
    const { task } = await counted((steps) => escalating(steps).ask(counter, 'double'), 5)
    expect(await task.result()).toEqual({ n: 10 })
  })

  it('ends as declined, by whom and why, when the person declines', async () => {
    const { run, task } = await counted((steps) => escalating(steps).ask(counter, 'double'), 5, {
      people: { second: 'decline' },
    })
    expect(await task.outcome()).toEqual({
      status: 'declined',
      by: 'second',
      reason: expect.stringContaining('rehearsed'),
    })
    const kinds = (await run.operations.log({ task: task.id })).map(({ envelope }) => envelope.cause.kind)
    expect(kinds).not.toContain('double')
  })

  it('stays with the person while there is time, and goes to the owner after it', async () => {
    const { run, task } = await counted(escalating, 5, { people: { second: 'wait', owner: 'wait' } })
    await run.pass(day - 1)
    expect((await run.operations.inbox()).map(({ person: who }) => who)).toEqual(['second'])
    await run.pass(1)
    expect((await run.operations.inbox()).map(({ person: who }) => who)).toEqual(['owner'])
    const [item] = await run.operations.inbox('owner')
    await run.operations.decide({ item: item?.item ?? '', person: 'owner', decision: 'approved', reason: '' })
    expect(await task.result()).toEqual({ n: 5 })
  })

  it('escalates after its own time also when that is longer than questions are valid', async () => {
    const patient = (steps: Steps<N>): Steps<N> => steps.approve(second, { within: '3 weeks', otherwise: 'escalate' })
    const { run } = await counted(patient, 5, { people: { second: 'wait', owner: 'wait' } })
    await run.pass(21 * day - 1)
    expect((await run.operations.inbox()).map(({ person: who }) => who)).toEqual(['second'])
    await run.pass(1)
    expect((await run.operations.inbox()).map(({ person: who }) => who)).toEqual(['owner'])
  })

  it('ends as failed when nobody decides in time and nobody else is to be asked', async () => {
    const strict = (steps: Steps<N>): Steps<N> => steps.approve(second, { within: '2 hours', otherwise: 'fail' })
    const { run, task } = await counted(strict, 5, { people: { second: 'wait' } })
    await run.pass(2 * hour)
    expect(await task.outcome()).toMatchObject({
      status: 'failed',
      error: { code: 'expired', message: 'second did not decide within 2 hours' },
    })
    expect(await run.operations.inbox()).toEqual([])
  })
})
