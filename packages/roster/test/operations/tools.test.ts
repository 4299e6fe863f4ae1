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
  it('that is used up is told to the job, which fails with it', async () => {
    const { run, task, outcome } = await talked(talkers(calling('shout', hello), [shout], { limits: { toolCalls: 0 } }))
    expect(JSON.stringify(outcome)).toContain('over-limit')
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
  })

  it('of money holds for each model call', async () => {
    const { outcome } = await talked(talkers(calling('shout', hello), [shout], { limits: { costMicroUsd: 500 } }))
    expect(outcome).toMatchObject({ error: { code: 'over-limit' } })
  })
})
