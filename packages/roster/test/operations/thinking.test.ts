import { describe, expect, it } from 'vitest'

import { fallbackModels, scriptedModel, type ModelStep } from '../../src/model.ts'
import { rehearse } from '../../src/testing.ts'
import { denials, talked, talkers } from '../stage.ts'

const says = scriptedModel({ answers: () => ({ word: 'hi' }) })
const away: ModelStep = {
  name: 'away',
  think: async () => ({
    kind: 'failed',
    failure: { code: 'model-failed', message: 'it is away' },
    retryable: true,
    usage: { costMicroUsd: 0, tokens: 0, modelCalls: 1 },
  }),
}
const chain = fallbackModels([away, says], { retries: 1, wait: async () => {} })

/** What the only answer of a model says about who thought, by what it was told. */
async function thinkingOf({ run, task }: Awaited<ReturnType<typeof talked>>) {
  const { operations } = run
  const records = await operations.log({ task: task.id })
  const chains = await Promise.all(records.map(({ envelope }) => operations.why({ record: envelope.id })))
  return chains.flatMap((why) => why.chain).find(({ thinking }) => thinking !== null)?.thinking
}

describe('a step of thinking', () => {
  it('is told to whoever watches, as it is thought, and names whose it is', async () => {
    const said: unknown[] = []
    const { task, outcome } = await talked(talkers(says, []), { watch: (one) => void said.push(one) })
    expect(outcome).toMatchObject({ status: 'done' })
    expect(said).toEqual([
      {
        task: task.id,
        stream: expect.stringMatching(/^talkers\/agent\/talker\/job\//),
        effect: expect.any(String),
        words: '{"word":"hi"}',
      },
    ])
  })

  it('names its prompt, which can be read as it was, and the models that did not answer', async () => {
    const told = await talked(talkers(chain, []))
    expect(told.outcome).toMatchObject({ status: 'done', output: { word: 'hi' } })
    const thinking = await thinkingOf(told)
    expect(thinking).toMatchObject({
      model: 'scripted',
      tried: [
        { model: 'away', code: 'model-failed' },
        { model: 'away', code: 'model-failed' },
      ],
    })
    const { operations } = told.run
    expect(await operations.prompt(thinking?.prompt ?? '')).toMatchObject({
      digest: thinking?.prompt,
      instructions: 'Say it.',
      tools: [],
      output: { type: 'object' },
    })
    await expect(operations.prompt('f'.repeat(64))).rejects.toMatchObject({ code: 'unknown-record' })
    expect(await told.run.replay(told.task.id)).toMatchObject({ verified: true })
  })

  it('is denied when a policy does not permit every model that may answer', async () => {
    const policies = {
      'some.cedar': `permit (principal, action in [Action::"publish", Action::"send"], resource);
permit (principal, action == Action::"think", resource == Model::"away");`,
    }
    const { run, outcome } = await talked(talkers(chain, [], { policies }))
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'denied' } })
    expect(await denials(run)).toMatchObject([{ action: 'think', resource: 'model/scripted' }])
  })

  it('counts all calls against what was held, and nothing is spent beyond it', async () => {
    await using run = await rehearse(talkers(chain, [], { limits: { steps: 3 } }))
    const task = await run.publish('talk', { word: 'hello' })
    expect(await task.outcome()).toMatchObject({ status: 'done' })
    const [, job] = await run.operations.budget(task.id)
    expect(job).toMatchObject({ granted: { modelCalls: 3 }, used: { modelCalls: 3 } })
  })
})
