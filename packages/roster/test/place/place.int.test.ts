import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { inProcess, inSandbox, tool } from '../../src/index.ts'
import { recordOf } from './record-of.ts'
import { boss, calling, denials, talked, talkers, Word, wordTool } from '../stage.ts'

const hello = () => ({ word: 'hello' })
const shouting = 'export default ({ word }) => ({ word: word.toUpperCase() })'
const module = new URL('./tool/shout.ts', import.meta.url)

describe('a tool in the sandbox', () => {
  const shout = wordTool('shout', { run: inSandbox({ code: shouting }) })

  it('answers like any other, and its place, host and build are in the record and in why', async () => {
    const { run, task, outcome } = await talked(talkers(calling('shout', hello), [shout]))
    expect(outcome).toEqual({ status: 'done', output: { word: '{"word":"HELLO"}' } })
    const record = await recordOf(run, 'sandbox')
    expect(record.envelope.where).toEqual({ host: 'rehearsal', build: 'rehearsal', place: 'sandbox' })
    expect(record.body).toMatchObject({ evidence: { confinement: 'worker', program: expect.any(String) as string } })
    const why = await run.operations.why({ record: record.envelope.id })
    expect(why.chain.at(-1)).toMatchObject({ where: { host: 'rehearsal', build: 'rehearsal', place: 'sandbox' } })
    expect(await run.replay(task.id)).toMatchObject({ verified: true })
  })

  it('may be given functions of the host', async () => {
    const code = 'export default async ({ word }, { plural }) => ({ word: await plural(word) })'
    const plural = wordTool('plural', {
      run: inSandbox({ code, functions: { plural: (word) => `${JSON.stringify(word).slice(1, -1)}s` } }),
    })
    const { outcome } = await talked(talkers(calling('plural', hello), [plural]))
    expect(outcome).toEqual({ status: 'done', output: { word: '{"word":"hellos"}' } })
  })

  it('runs code that came as its input', async () => {
    const tryOut = tool('try-out@1.0.0', {
      owner: boss,
      input: z.object({ program: z.string() }),
      output: z.number(),
      consequential: false,
      idempotent: true,
      run: inSandbox({ code: ({ program }: { readonly program: string }) => program }),
    })
    const asks = calling('try-out', () => ({ program: 'export default () => 6 * 7' }))
    const { outcome } = await talked(talkers(asks, [tryOut]))
    expect(outcome).toEqual({ status: 'done', output: { word: '42' } })
  })

  it('whose code changes has another digest', () => {
    const other = wordTool('shout', { run: inSandbox({ code: `${shouting} // louder` }) })
    const [one, two] = [shout, other].map((each) => talkers(calling('shout', hello), [each]).tools['shout']?.digest)
    expect(one).not.toBe(two)
  })

  it('is not defined with limits beyond their bounds', () => {
    expect(() => inSandbox({ code: shouting, limits: { timeMs: 0 } })).toThrow(
      expect.objectContaining({ code: 'definition-invalid', path: 'limits.timeMs' }) as Error,
    )
  })

  it('gets no secret', () => {
    const greedy = wordTool('greedy', { run: inSandbox({ code: shouting }), secrets: ['key'] })
    expect(() => talkers(calling('greedy', hello), [greedy])).toThrow(
      expect.objectContaining({ code: 'definition-invalid', path: 'greedy.secrets' }) as Error,
    )
  })
})

describe('a tool in a process', () => {
  const shout = wordTool('shout', { run: inProcess({ module }) })

  it('answers like any other, and the record says how it was held', async () => {
    const { run, outcome } = await talked(talkers(calling('shout', hello), [shout]))
    expect(outcome).toEqual({ status: 'done', output: { word: '{"word":"HELLO"}' } })
    const record = await recordOf(run, 'process')
    expect(record.body).toMatchObject({
      evidence: { confinement: expect.stringMatching(/^(bubblewrap|permission-model)$/) as string },
    })
  })

  it('that throws has failed, with its words', async () => {
    const { run, outcome } = await talked(
      talkers(
        calling('shout', () => ({ word: 'hoarse' })),
        [shout],
      ),
    )
    expect(outcome).toEqual({ status: 'done', output: { word: 'tool-failed' } })
    expect((await recordOf(run, 'process')).body).toMatchObject({
      payload: { outcome: { error: { message: 'hoarse' } } },
    })
  })
})

describe('the place of a tool', () => {
  it('is what its code says, and a tool that says otherwise is refused', () => {
    const liar = wordTool('shout', { place: 'sandbox', run: ({ word }) => ({ word }) })
    expect(() => talkers(calling('shout', hello), [liar])).toThrow(
      expect.objectContaining({ code: 'definition-invalid', path: 'shout.place' }) as Error,
    )
  })

  it('may be demanded by a policy', async () => {
    const policies = {
      'places.cedar': `@id("all")
permit (principal, action, resource);
@id("what reads foreign texts runs apart")
forbid (principal, action == Action::"use", resource == Tool::"shout") when { context.place == "host" };`,
    }
    const inHost = wordTool('shout', {})
    const apart = wordTool('shout', { run: inSandbox({ code: shouting }) })
    const [refused, allowed] = [
      await talked(talkers(calling('shout', hello), [inHost], { policies })),
      await talked(talkers(calling('shout', hello), [apart], { policies })),
    ]
    expect(refused.outcome).toEqual({ status: 'done', output: { word: 'denied' } })
    expect(await denials(refused.run)).toMatchObject([{ policies: ['what reads foreign texts runs apart'] }])
    expect(allowed.outcome).toEqual({ status: 'done', output: { word: '{"word":"HELLO"}' } })
  })

  it('fits the contract of any tool', () => {
    expect(
      tool('one@1.0.0', {
        owner: boss,
        input: Word,
        output: Word,
        consequential: false,
        idempotent: true,
        run: inProcess({ module }),
      }).options.run,
    ).toHaveProperty('code.place', 'process')
  })
})
