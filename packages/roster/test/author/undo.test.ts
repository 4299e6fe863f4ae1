import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { colleague, person, playbook, team, type Steps } from '../../src/index.ts'
import { check } from '../../src/operations/check.ts'
import { rehearse, scripted, type RehearsalOptions } from '../../src/testing.ts'
import { allowAll } from '../stage.ts'

const Trip = z.object({ town: z.string() })
const Booking = z.object({ town: z.string(), booking: z.string() })
type T = z.infer<typeof Trip>
type B = z.infer<typeof Booking>
const owner = person('owner', { role: 'owner' })
const guide = person('guide', { role: 'guide' })

/** An agent who books and cancels, and notes what it did. */
function agent(failing: readonly string[] = []) {
  const did: string[] = []
  const does = (work: string) => (input: unknown) => {
    did.push(`${work} ${(input as { booking?: string }).booking ?? (input as T).town}`)
    return failing.includes(work) ? 'no' : { town: (input as T).town, booking: `${work}-${(input as T).town}` }
  }
  const works = ['train', 'room', 'table', 'return-train', 'return-room', 'return-table'] as const
  const on = { input: z.looseObject({}), output: Booking, instructions: 'Do it.' }
  const by = colleague('agent@1.0.0', {
    owner,
    role: 'agent',
    model: scripted(Object.fromEntries(works.map((work) => [work, does(work)]))),
    accepts: { train: on, room: on, table: on, 'return-train': on, 'return-room': on, 'return-table': on },
  })
  return { by, did }
}

type Agent = ReturnType<typeof agent>['by']

async function travelled(
  { by, did }: ReturnType<typeof agent>,
  graph: (steps: Steps<T>, by: Agent) => Steps<B>,
  options: RehearsalOptions = {},
) {
  const travel = playbook('travel@1.0.0', { owner, input: Trip, output: Booking }, (steps) => graph(steps, by))
  const travellers = team('travellers', { colleagues: [by, owner, guide], playbooks: [travel], policies: allowAll })
  const run = await rehearse(travellers, options)
  return { run, did, travellers, task: await run.publish('travel', { town: 'Ghent' }) }
}

const train = (by: Agent) =>
  ({ undo: { ask: by, work: 'return-train', with: ({ output }: { output: B }) => output } }) as const
const room = (by: Agent) =>
  ({ undo: { ask: by, work: 'return-room', with: ({ output }: { output: B }) => output } }) as const

const isNear = { name: 'isNear', holds: ({ town }: B) => town === 'Antwerp' }

/** A train, a room, and a table that is asked for last. */
const line = (steps: Steps<T>, by: Agent): Steps<B> =>
  steps.ask(by, 'train', train(by)).ask(by, 'room', room(by)).ask(by, 'table')

describe('what undoes a step', () => {
  it('is given what the step was given and what it answered', async () => {
    const { task, did } = await travelled(agent(['table']), (steps, by) =>
      steps
        .ask(by, 'train', {
          undo: {
            ask: by,
            work: 'return-train',
            with: ({ input, output }) => ({ town: input.town, booking: `${input.town} and ${output.booking}` }),
          },
        })
        .ask(by, 'table'),
    )
    await task.outcome()
    expect(did).toContain('return-train Ghent and train-Ghent')
  })

  it('is not asked for when the task is done', async () => {
    const { task, did } = await travelled(agent(), line)
    expect(await task.result()).toEqual({ town: 'Ghent', booking: 'table-Ghent' })
    expect(did).toEqual(['train Ghent', 'room train-Ghent', 'table room-Ghent'])
  })

  it('runs in reverse order when a step fails, and the task ends with the error of that step', async () => {
    const { task, did } = await travelled(agent(['table']), line)
    expect(await task.outcome()).toMatchObject({ status: 'failed', error: { code: 'model-failed' } })
    expect(did.filter((one) => !one.startsWith('table'))).toEqual([
      'train Ghent',
      'room train-Ghent',
      'return-room room-Ghent',
      'return-train train-Ghent',
    ])
  })

  it('leaves alone what was never answered', async () => {
    const { task, did } = await travelled(agent(['room']), line)
    expect(await task.outcome()).toMatchObject({ status: 'failed' })
    expect(did.filter((one) => one.startsWith('return'))).toEqual(['return-train train-Ghent'])
  })

  it('is on record, step by step', async () => {
    const { run, task } = await travelled(agent(['table']), line)
    await task.outcome()
    const log = await run.operations.log({ stream: `travellers/task/${task.id}` })
    expect(log.map(({ envelope }) => envelope.after)).toEqual([
      'train',
      'room-2',
      'table-3',
      'undo-room-2',
      'undo-train',
      'ended',
    ])
  })

  it('undoes when a person declines', async () => {
    const { task, did } = await travelled(
      agent(),
      (steps, by) => line(steps, by).approve(guide, { within: '1 day', otherwise: 'fail' }),
      { people: { guide: 'decline' } },
    )
    expect(await task.outcome()).toMatchObject({ status: 'declined', by: 'guide' })
    expect(did.slice(3)).toEqual(['return-room room-Ghent', 'return-train train-Ghent'])
  })

  it('undoes when the task is cancelled, which then ends as cancelled', async () => {
    const { run, task, did } = await travelled(
      agent(),
      (steps, by) => line(steps, by).approve(guide, { within: '1 day', otherwise: 'fail' }),
      { people: { guide: 'wait' } },
    )
    await run.idle()
    await run.operations.cancel(task.id, 'owner')
    await run.idle()
    expect(await run.operations.task(task.id)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } })
    expect(did.slice(3)).toEqual(['return-room room-Ghent', 'return-train train-Ghent'])
    expect(await run.operations.inbox()).toEqual([])
  })

  it('undoes what was answered and did not pass its check', async () => {
    const { task, did } = await travelled(agent(), (steps, by) =>
      steps.ask(by, 'train', { ...train(by), check: isNear }),
    )
    expect(await task.outcome()).toMatchObject({ status: 'failed', error: { code: 'check-failed' } })
    expect(did).toEqual(['train Ghent', 'return-train train-Ghent'])
  })

  it('undoes each answer of a step that was tried again, and does so too when the owner has been asked often enough', async () => {
    const { task, did } = await travelled(agent(), (steps, by) =>
      steps.ask(by, 'train', { ...train(by), check: isNear, otherwise: 'escalate' }),
    )
    expect(await task.outcome()).toMatchObject({ status: 'failed', error: { code: 'check-failed' } })
    expect(did.filter((one) => one.startsWith('train'))).toHaveLength(4)
    expect(did.filter((one) => one.startsWith('return'))).toHaveLength(4)
  })

  it('undoes what one branch of a parallel did when another fails, and withdraws what a third waits for', async () => {
    const { run, task, did } = await travelled(
      agent(['table']),
      (steps, by) =>
        steps
          .parallel({
            way: (way) => way.ask(by, 'train', train(by)),
            fails: (fails) => fails.ask(by, 'room', room(by)).ask(by, 'table'),
            waits: (waits) => waits.approve(guide, { within: '1 day', otherwise: 'fail' }),
          })
          .ask(by, 'table'),
      { people: { guide: 'wait' } },
    )
    expect(await task.outcome()).toMatchObject({ status: 'failed', error: { code: 'model-failed' } })
    await run.idle()
    expect(did.slice(-2)).toEqual(['return-room room-Ghent', 'return-train train-Ghent'])
    expect(await run.operations.inbox()).toEqual([])
  })

  it('undoes both branches of a parallel, the last one first', async () => {
    const { task, did } = await travelled(agent(['table']), (steps, by) =>
      steps
        .parallel({ way: (way) => way.ask(by, 'train', train(by)), stay: (stay) => stay.ask(by, 'room', room(by)) })
        .ask(by, 'table'),
    )
    expect(await task.outcome()).toMatchObject({ status: 'failed' })
    expect(did.slice(-2)).toEqual(['return-room room-Ghent', 'return-train train-Ghent'])
  })
})

describe('what cannot be undone', () => {
  it('goes to the inbox of the owner, and the others are undone', async () => {
    const { run, task, did } = await travelled(agent(['table', 'return-room']), line, { people: { owner: 'wait' } })
    expect(await task.outcome()).toMatchObject({
      status: 'failed',
      error: { code: 'model-failed', hint: 'Not undone: room-2. The owner has it in their inbox.' },
    })
    await run.idle()
    expect(did.at(-1)).toBe('return-train train-Ghent')
    expect(await run.operations.inbox()).toMatchObject([
      {
        person: 'owner',
        tool: 'acknowledge',
        arguments: { task: task.id, step: 'room-2', code: 'model-failed', input: { booking: 'room-Ghent' } },
        question: expect.stringContaining('"room-2" of travel could not be undone'),
      },
    ])
    const log = await run.operations.log({ stream: `travellers/task/${task.id}` })
    expect(log.map(({ envelope }) => envelope.after)).toContain('undo-room-2-failed')
  })
})

describe('the decision space of a playbook that undoes', () => {
  it('has an end on every way, bounded loops, and a declared fallback for each undo', async () => {
    const { travellers } = await travelled(agent(), (steps, by) =>
      steps.ask(by, 'train', { ...train(by), check: isNear, otherwise: 'escalate' }).ask(by, 'room', room(by)),
    )
    const { problems, analyses } = await check(travellers)
    expect(problems.filter(({ code }) => code !== 'policy-doubtful')).toEqual([])
    const [travel] = analyses
    expect(travel?.steps.find(({ child }) => child === 'undo-room-2')).toMatchObject({ failing: ['partial'] })
  })
})
