import { describe, expect, it } from 'vitest'
import { setup } from 'xstate'
import { z } from 'zod'

import { colleague, person, playbook, team, wait, type AskStep, type Steps } from '../../src/index.ts'
import { check } from '../../src/operations/check.ts'
import { rehearse, scripted, type RehearsalOptions } from '../../src/testing.ts'
import { allowAll } from '../stage.ts'

const Guess = z.object({ n: z.number() })
type N = z.infer<typeof Guess>
const owner = person('owner', { role: 'owner' })
const isEven = { name: 'isEven', holds: ({ n }: N) => n % 2 === 0 }

/** A colleague who gives these answers, one after the other; a word is no number and fails. */
function guesser(answers: readonly (number | string)[]) {
  const left = [...answers]
  const guess = () => {
    const next = left.shift()
    return typeof next === 'number' ? { n: next } : (next ?? 'none')
  }
  return colleague('guesser@1.0.0', {
    owner,
    role: 'guesser',
    model: scripted({ guess }),
    accepts: { guess: { input: Guess, output: Guess, instructions: 'Guess an even number.' } },
  })
}

type Guesser = ReturnType<typeof guesser>

async function guessed(
  answers: readonly (number | string)[],
  graph: (steps: Steps<N>, by: Guesser) => Steps<N>,
  options: RehearsalOptions = {},
) {
  const by = guesser(answers)
  const guessing = playbook('guessing@1.0.0', { owner, input: Guess, output: Guess }, (steps) => graph(steps, by))
  const run = await rehearse(
    team('guessers', { colleagues: [by, owner], playbooks: [guessing], policies: allowAll }),
    options,
  )
  const task = await run.publish('guessing', { n: 1 })
  return { run, task, outcome: await task.outcome() }
}

describe('a check of an answer', () => {
  it('lets pass what it holds for', async () => {
    const { outcome } = await guessed([4], (steps, by) => steps.ask(by, 'guess', { check: isEven }))
    expect(outcome).toMatchObject({ status: 'done', output: { n: 4 } })
  })

  it('fails the task with the name of the check', async () => {
    const { outcome } = await guessed([3], (steps, by) => steps.ask(by, 'guess', { check: isEven }))
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'check-failed', message: 'the answer to "guess" did not pass the check "isEven"' },
    })
  })
})

/** A colleague who takes half an hour for each answer. */
const dawdling = setup({ types: { context: {} as { n: number } }, actors: { rest: wait() } }).createMachine({
  context: ({ input }) => ({ n: (input as { input: N }).input.n + 1 }),
  initial: 'resting',
  output: ({ context }) => context,
  states: {
    resting: { invoke: { src: 'rest', input: { ms: 1_800_000 }, onDone: 'answered' } },
    answered: { type: 'final' },
  },
})
const dawdler = colleague('dawdler@1.0.0', {
  owner,
  role: 'guesser',
  accepts: { guess: { input: Guess, output: Guess, machine: dawdling } },
})

async function awaited(options: AskStep<N, N>, rehearsed: RehearsalOptions = {}) {
  const waiting = playbook('waiting@1.0.0', { owner, input: Guess, output: Guess }, (steps) =>
    steps.ask(dawdler, 'guess', options),
  )
  const guessers = team('guessers', { colleagues: [dawdler, owner], playbooks: [waiting], policies: allowAll })
  const run = await rehearse(guessers, rehearsed)
  const task = await run.publish('waiting', { n: 1 })
  return { run, guessers, outcome: await task.outcome(), log: await run.operations.log({ task: task.id }) }
}

describe('a step that takes too long', () => {
  it('is not late while there is time', async () => {
    const { outcome } = await awaited({ within: '1 hour' })
    expect(outcome).toMatchObject({ status: 'done', output: { n: 2 } })
  })

  it('fails loudly where nothing else is said, and what was asked for is withdrawn', async () => {
    const { outcome, log } = await awaited({ within: '10 minutes' })
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'timeout', message: '"guess" was not answered within 10 minutes' },
    })
    expect(log.some(({ envelope }) => envelope.sent.some(({ type }) => type === 'cancel'))).toBe(true)
  })

  it('goes on with something partial', async () => {
    const { outcome } = await awaited({ within: '10 minutes', otherwise: { partial: ({ n }) => ({ n: n + 100 }) } })
    expect(outcome).toMatchObject({ status: 'done', output: { n: 101 } })
  })

  it('is escalated to the owner, whose no ends the task as declined', async () => {
    const { outcome } = await awaited({ within: '10 minutes', otherwise: 'escalate' }, { people: { owner: 'decline' } })
    expect(outcome).toMatchObject({ status: 'declined', by: 'owner' })
  })

  it('has its fallback in the decision space', async () => {
    const { guessers } = await awaited(
      { within: '10 minutes', otherwise: 'escalate' },
      { people: { owner: 'decline' } },
    )
    const { analyses, problems } = await check(guessers)
    expect(problems.filter(({ code }) => code !== 'policy-doubtful')).toEqual([])
    expect(analyses[0]?.steps[0]).toMatchObject({ failing: ['escalate'], late: [expect.stringContaining('escalate')] })
  })
})

describe('a step that is not done', () => {
  it('goes on with something partial', async () => {
    const otherwise = { partial: ({ n }: N) => ({ n: n + 100 }) }
    const instead = await guessed([3], (steps, by) => steps.ask(by, 'guess', { check: isEven, otherwise }))
    expect(instead.outcome).toMatchObject({ status: 'done', output: { n: 101 } })
    const failed = await guessed(['no number'], (steps, by) => steps.ask(by, 'guess', { otherwise }))
    expect(failed.outcome).toMatchObject({ status: 'done', output: { n: 101 } })
  })

  it('is tried again when its owner says so', async () => {
    const { outcome, run } = await guessed([3, 5, 6], (steps, by) =>
      steps.ask(by, 'guess', { check: isEven, otherwise: 'escalate' }),
    )
    expect(outcome).toMatchObject({ status: 'done', output: { n: 6 } })
    const asked = (await run.operations.log()).filter(({ envelope }) => envelope.stream.includes('/person/owner/job/'))
    expect(new Set(asked.map(({ envelope }) => envelope.stream)).size).toBe(2)
  })

  it('ends the task as declined when its owner says no', async () => {
    const { outcome } = await guessed(
      [3],
      (steps, by) => steps.ask(by, 'guess', { check: isEven, otherwise: 'escalate' }),
      { people: { owner: 'decline' } },
    )
    expect(outcome).toMatchObject({ status: 'declined', by: 'owner' })
  })

  it('asks its owner three times at most', async () => {
    const { outcome } = await guessed([1, 3, 5, 7, 9, 11], (steps, by) =>
      steps.ask(by, 'guess', { check: isEven, otherwise: 'escalate' }),
    )
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'over-limit', path: 'limits.rounds.guess-escalated' },
    })
  })
})
