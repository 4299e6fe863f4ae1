import { describe, expect, it } from 'vitest'

import type { ModelStep } from '../../src/model.ts'
import { rehearse } from '../../src/testing.ts'
import { calling, denials, talked, talkers, wordTool } from '../stage.ts'

const shout = wordTool('shout', { run: ({ word }) => ({ word: word.toUpperCase() }) })
const hello = (): { word: string } => ({ word: 'hello' })

describe('a tool', () => {
  it('that is granted answers the job', async () => {
    const { outcome } = await talked(talkers(calling('shout', hello), [shout]))
    expect(outcome).toEqual({ status: 'done', output: { word: '{"word":"HELLO"}' } })
  })

  it('that is not granted is denied, on record, and the job goes on', async () => {
    const policies = {
      'some.cedar': `permit (principal, action in [Action::"publish", Action::"send", Action::"think"], resource);`,
    }
    const { run, task, outcome } = await talked(talkers(calling('shout', hello), [shout], { policies }))
    expect(outcome).toEqual({ status: 'done', output: { word: 'denied' } })
    expect(await denials(run)).toMatchObject([{ action: 'use', principal: 'agent/talker', resource: 'tool/shout' }])
    expect(await run.operations.task(task.id)).toMatchObject({ denials: 1 })
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
  })

  it('that the team does not have is denied by name, and the job goes on', async () => {
    const usage = { costMicroUsd: 0, tokens: 0, modelCalls: 1 }
    const whisperer: ModelStep = {
      name: 'whisperer',
      think: ({ conversation }) =>
        Promise.resolve(
          conversation.length === 0
            ? { kind: 'calls', calls: [{ id: '1', tool: 'whisper', input: { word: 'hello' } }], usage }
            : {
                kind: 'answer',
                output: { word: String((conversation.at(-1) as { error?: { code: string } }).error?.code) },
                usage,
              },
        ),
    }
    const { run, outcome } = await talked(talkers(whisperer, [shout]))
    expect(outcome).toMatchObject({ status: 'done', output: { word: 'unknown-tool' } })
    expect(await denials(run)).toMatchObject([{ resource: 'tool/whisper' }])
  })

  it('is not called with an input that does not fit', async () => {
    const { outcome } = await talked(
      talkers(
        calling('shout', () => ({ word: 7 })),
        [shout],
      ),
    )
    expect(outcome).toEqual({ status: 'done', output: { word: 'input-invalid' } })
  })

  it('whose output does not fit has failed', async () => {
    const wrong = wordTool('shout', { run: () => ({ loud: true }) as never })
    const { outcome } = await talked(talkers(calling('shout', hello), [wrong]))
    expect(outcome).toEqual({ status: 'done', output: { word: 'output-invalid' } })
  })

  it('that throws has failed, with its words', async () => {
    const broken = wordTool('shout', {
      run: () => {
        throw new Error('hoarse')
      },
    })
    const { run, task, outcome } = await talked(talkers(calling('shout', hello), [broken]))
    expect(outcome).toEqual({ status: 'done', output: { word: 'tool-failed' } })
    const bodies = (await run.operations.export({ task: task.id })).records.map(({ body }) => body)
    expect(bodies.some((body) => body?.includes('hoarse'))).toBe(true)
  })

  it('is given the same key, the task and the documents that were kept', async () => {
    const seen: unknown[] = []
    const reader = wordTool('read', {
      run: async ({ word }, { document, idempotencyKey, task }) => {
        const bytes = await document(word)
        seen.push(task, idempotencyKey.length > 0, await document('none'))
        return { word: bytes === undefined ? 'nothing' : Buffer.from(bytes).toString() }
      },
    })
    let hash = ''
    await using run = await rehearse(
      talkers(
        calling('read', () => ({ word: hash })),
        [reader],
      ),
    )
    const kept = { name: 'note.txt', base64: Buffer.from('a note').toString('base64') }
    ;({ hash } = await run.operations.keepDocument(kept))
    const task = await run.publish('talk', { word: 'hello' })
    expect(await task.outcome()).toEqual({ status: 'done', output: { word: '{"word":"a note"}' } })
    expect(seen).toEqual([task.id, true, undefined])
  })
})

describe('a budget', () => {
  it('that is used up pauses the job, tells its owner, and lets it go on when it is raised', async () => {
    const played = talkers(calling('shout', hello), [shout], { limits: { toolCalls: 0 } })
    await using run = await rehearse(played, { people: { boss: 'wait' } })
    const task = await run.publish('talk', { word: 'hello' })
    await run.idle()
    expect(await run.operations.task(task.id)).toMatchObject({ status: 'waiting' })
    expect(await run.operations.inbox('boss')).toMatchObject([
      { tool: 'raise-limit', question: expect.stringContaining('toolCalls of talkers/agent/talker/job/') },
    ])
    expect((await run.operations.budget(task.id)).map(({ waits }) => waits)).toEqual([false, true])
    const raise = (toolCalls: number, by = 'boss') =>
      run.operations.raise({ task: task.id, by, amounts: { toolCalls } })
    await expect(raise(1, 'talker')).rejects.toMatchObject({ code: 'denied' })
    await expect(raise(-1)).rejects.toMatchObject({ code: 'input-invalid' })
    expect(await raise(1)).toHaveLength(1)
    expect(await task.outcome()).toEqual({ status: 'done', output: { word: '{"word":"HELLO"}' } })
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
    expect((await run.operations.budget(task.id)).map(({ waits }) => waits)).toEqual([false, false])
  })

  it('of money holds for each model call, and a raise that is not enough gives nothing', async () => {
    const played = talkers(calling('shout', hello), [shout], { limits: { costMicroUsd: 500 } })
    await using run = await rehearse(played, { people: { boss: 'wait' } })
    const task = await run.publish('talk', { word: 'hello' })
    await run.idle()
    const raise = (costMicroUsd: number) =>
      run.operations.raise({ task: task.id, by: 'boss', amounts: { costMicroUsd } })
    await expect(raise(10)).rejects.toMatchObject({ code: 'over-limit' })
    expect((await run.operations.budget(task.id)).at(-1)).toMatchObject({ granted: { costMicroUsd: 500 }, waits: true })
    await raise(5000)
    expect(await task.outcome()).toMatchObject({ status: 'done' })
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
  })

  it('that waits ends with its task', async () => {
    const played = talkers(calling('shout', hello), [shout], { limits: { toolCalls: 0 } })
    await using run = await rehearse(played, { people: { boss: 'wait' } })
    const task = await run.publish('talk', { word: 'hello' })
    await run.idle()
    await run.operations.cancel(task.id, 'client')
    expect(await task.outcome()).toMatchObject({ status: 'cancelled' })
  })
})

describe('a loop', () => {
  it('of the same tool with the same arguments is refused after five times', async () => {
    let asked = 0
    const usage = { costMicroUsd: 0, tokens: 0, modelCalls: 1 }
    const stubborn: ModelStep = {
      name: 'stubborn',
      think: ({ conversation }) => {
        const last = conversation.at(-1) as { error?: { code: string } } | undefined
        if (last?.error !== undefined)
          return Promise.resolve({ kind: 'answer', output: { word: `${asked} ${last.error.code}` }, usage })
        asked += 1
        return Promise.resolve({ kind: 'calls', calls: [{ id: `${asked}`, tool: 'shout', input: hello() }], usage })
      },
    }
    const { run, task, outcome } = await talked(talkers(stubborn, [shout]))
    expect(outcome).toEqual({ status: 'done', output: { word: '6 loop-detected' } })
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
  })
})
