import { describe, expect, it } from 'vitest'

import { colleague, playbook, team, type WindowOptions } from '../../src/index.ts'
import { scriptedModel } from '../../src/model.ts'
import { rehearse } from '../../src/testing.ts'
import { allowAll, boss, Word } from '../stage.ts'

const dayMs = 86_400_000

interface Windows {
  readonly own?: WindowOptions
  readonly ours?: WindowOptions
}

/** Two agents who think once for each word, for 400 micro-USD, out of 5,000 that are held; a playbook for each. */
function thinkers({ own, ours }: Windows) {
  const model = scriptedModel({ answers: () => ({ word: 'hi' }) })
  const agent = (name: 'one' | 'two') =>
    colleague(`${name}@1.0.0`, {
      owner: boss,
      role: name,
      model,
      limits: { call: { costMicroUsd: 5000 } },
      ...(name === 'one' && own !== undefined ? { window: own } : {}),
      accepts: { say: { input: Word, output: Word, instructions: 'Say it.' } },
    })
  const [one, two] = [agent('one'), agent('two')]
  const options = { owner: boss, input: Word, output: Word }
  return team('thinkers', {
    colleagues: [one, two, boss],
    playbooks: [
      playbook('ask-one@1.0.0', options, (steps) => steps.ask(one, 'say')),
      playbook('ask-two@1.0.0', options, (steps) => steps.ask(two, 'say')),
    ],
    policies: allowAll,
    ...(ours === undefined ? {} : { window: ours }),
  })
}

async function began(windows: Windows) {
  const run = await rehearse(thinkers(windows), { people: { boss: 'wait' } })
  const ask = async (who: 'one' | 'two', word: string) => {
    const task = await run.publish(`ask-${who}`, { word })
    await run.idle()
    const status = async () => (await run.operations.task(task.id)).status
    return { task, status }
  }
  return { run, ask }
}

describe('a window of budget', () => {
  it('of a colleague stops it in all its tasks together, and nobody else', async () => {
    const { run, ask } = await began({ own: { per: '1 day', costMicroUsd: 5400 } })
    const [first, second] = [await ask('one', 'a'), await ask('one', 'b')]
    const [third, other] = [await ask('one', 'c'), await ask('two', 'd')]
    expect([await first.status(), await second.status(), await third.status(), await other.status()]).toEqual([
      'done',
      'done',
      'waiting',
      'done',
    ])
    expect(await run.operations.windows()).toMatchObject([
      { window: 'one', granted: { costMicroUsd: 5400, tokens: null }, used: { costMicroUsd: 800, modelCalls: 2 } },
    ])
  })

  it('of the team stops everybody, keeps their state, and asks the owner', async () => {
    const { run, ask } = await began({ ours: { per: '1 day', modelCalls: 3 } })
    const [first, second] = [await ask('one', 'a'), await ask('two', 'b')]
    expect([await first.status(), await second.status()]).toEqual(['done', 'done'])
    const third = await ask('one', 'c')
    expect(await third.status()).toBe('waiting')
    expect(await run.operations.inbox('boss')).toMatchObject([
      {
        tool: 'raise-limit',
        question: expect.stringMatching(/modelCalls of window\/team\/\d+ is used up.*roster budget raise team/),
      },
    ])
  })

  it('that is raised lets go on what waits, and is on record with who raised it', async () => {
    const { run, ask } = await began({ ours: { per: '1 day', modelCalls: 3 } })
    await ask('one', 'a')
    await ask('two', 'b')
    const [third, fourth] = [await ask('one', 'c'), await ask('two', 'd')]
    await expect(
      run.operations.raiseWindow({ window: 'team', by: 'one', amounts: { modelCalls: 1 } }),
    ).rejects.toMatchObject({ code: 'denied' })
    const raised = await run.operations.raiseWindow({ window: 'team', by: 'boss', amounts: { modelCalls: 4 } })
    expect(raised).toHaveLength(3)
    await run.idle()
    expect([await third.status(), await fourth.status()]).toEqual(['done', 'done'])
    expect(await run.operations.windows()).toMatchObject([{ granted: { modelCalls: 7 }, used: { modelCalls: 4 } }])
    expect(await run.replay(third.task.id)).toMatchObject({ verified: true })
    expect(await run.operations.verify()).toMatchObject({ verified: true })
  })

  it('begins anew with its next stretch; what waits then goes on once a person lets it', async () => {
    const { run, ask } = await began({ own: { per: '1 day', modelCalls: 2 } })
    await ask('one', 'a')
    const second = await ask('one', 'b')
    expect(await second.status()).toBe('waiting')
    await run.pass(dayMs)
    const third = await ask('one', 'c')
    expect(await third.status()).toBe('done')
    expect(await run.operations.windows()).toMatchObject([{ used: { modelCalls: 1 }, until: Date.UTC(2026, 0, 3) }])
    await run.operations.raiseWindow({ window: 'one', by: 'boss', amounts: { modelCalls: 1 } })
    await run.idle()
    expect(await second.status()).toBe('done')
  })

  it('that bounds nothing, or is not declared, is refused', async () => {
    expect(() => thinkers({ ours: { per: '1 day' } })).toThrow(expect.objectContaining({ code: 'definition-invalid' }))
    expect(() => thinkers({ own: { per: '1 day', tokens: -1 } })).toThrow(
      expect.objectContaining({ code: 'definition-invalid', path: 'one.window' }),
    )
    const { run } = await began({})
    const raised = run.operations.raiseWindow({ window: 'team', by: 'boss', amounts: { tokens: 1 } })
    await expect(raised).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('the wall time of a task', () => {
  it('that is over stops what it would begin, asks the owner, and goes on once a person lets it', async () => {
    const model = scriptedModel({ answers: () => ({ word: 'hi' }) })
    const agent = colleague('one@1.0.0', {
      owner: boss,
      role: 'one',
      model,
      accepts: { say: { input: Word, output: Word, instructions: 'Say it.' } },
    })
    const options = { owner: boss, input: Word, output: Word, limits: { time: '2 hours' } } as const
    const asking = playbook('ask@1.0.0', options, (steps) =>
      steps.approve(boss, { within: '1 day', otherwise: 'escalate' }).ask(agent, 'say'),
    )
    const timed = team('timed', { colleagues: [agent, boss], playbooks: [asking], policies: allowAll })
    await using run = await rehearse(timed, { people: { boss: 'wait' } })
    const { operations } = run
    const late = await run.publish('ask', { word: 'a' })
    await run.idle()
    await run.pass(3 * 3_600_000)
    const [asked] = await operations.inbox('boss')
    await operations.decide({ item: asked?.item ?? '', person: 'boss', decision: 'approved', reason: '' })
    await run.idle()
    expect(await operations.task(late.id)).toMatchObject({ endedAt: null, costMicroUsd: 0 })
    expect((await operations.inbox('boss')).at(-1)).toMatchObject({
      tool: 'raise-limit',
      question: expect.stringMatching(/the wall time of the task is over.*--overtime/),
    })
    await expect(operations.raise({ task: late.id, by: 'boss', amounts: { tokens: 1 } })).rejects.toMatchObject({
      code: 'over-limit',
    })
    await operations.raise({ task: late.id, by: 'boss', overtime: true })
    await run.idle()
    expect(await operations.task(late.id)).toMatchObject({ status: 'done', costMicroUsd: 400 })
    expect(await run.replay(late.id)).toMatchObject({ verified: true })
    expect(await operations.verify()).toMatchObject({ verified: true })
  })
})
