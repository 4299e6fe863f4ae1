import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { person, playbook, team } from '../../src/index.ts'
import { check } from '../../src/operations/check.ts'
import { rehearse } from '../../src/testing.ts'
import { allowAll } from '../stage.ts'

const Text = z.object({ text: z.string() })
const editor = person('editor', { role: 'editor' })

/** Whoever asked may publish and withdraw their own; the editor may withdraw what others asked for. */
const strict = {
  'strict.cedar': `@id("anybody may publish") permit (principal, action == Action::"publish", resource);
@id("the editor may withdraw") permit (principal is Person, action == Action::"cancel", resource);
@id("tasks may ask") permit (principal, action == Action::"send", resource);
@id("people may decide") permit (principal is Person, action == Action::"decide", resource);`,
}

function newsroom(policies: Readonly<Record<string, string>> = allowAll) {
  const brief = playbook('brief@1.0.0', { owner: editor, input: Text, output: Text, atOnce: 1, priority: 6 }, (steps) =>
    steps.approve(editor, { within: '1 day', otherwise: 'fail' }),
  )
  return team('newsroom', { colleagues: [editor], playbooks: [brief], policies, atOnce: { team: 20, requester: 10 } })
}

describe('a task for which there is no room', () => {
  it('is listed as queued, and begins when the one before it has ended', async () => {
    await using run = await rehearse(newsroom(), { people: { editor: 'wait' } })
    const first = await run.publish('brief', { text: 'one' }, { requester: 'web' })
    const second = await run.publish('brief', { text: 'two' }, { requester: 'web' })
    await run.idle()
    expect(await run.operations.tasks({ status: 'queued' })).toMatchObject([
      { task: second.id, playbook: 'brief', requester: 'web', state: 'priority 6', endedAt: null },
    ])
    expect((await run.operations.tasks()).map(({ status }) => status)).toEqual(['waiting', 'queued'])
    expect(await run.operations.task(second.id)).toMatchObject({ status: 'queued' })
    expect(await run.operations.inbox()).toHaveLength(1)

    await run.operations.decide({ item: first.id, person: 'editor', decision: 'approved', reason: '' })
    await run.idle()
    expect(await run.operations.task(second.id)).toMatchObject({ status: 'waiting' })
    expect(await run.operations.tasks({ status: 'queued' })).toEqual([])
  })

  it('waits for one that is more urgent, although that came later', async () => {
    await using run = await rehearse(newsroom(), { people: { editor: 'wait' } })
    const first = await run.publish('brief', { text: 'one' })
    const idle = await run.publish('brief', { text: 'two' }, { priority: 2 })
    const next = await run.publish('brief', { text: 'three' })
    await run.idle()
    await run.operations.cancel(first.id, 'editor')
    await run.idle()
    expect(await run.operations.task(next.id)).toMatchObject({ status: 'waiting' })
    expect(await run.operations.task(idle.id)).toMatchObject({ status: 'queued', state: 'priority 2' })
  })

  it('is withdrawn by whoever asked for it, on record, and never begins', async () => {
    await using run = await rehearse(newsroom(strict), { people: { editor: 'wait' } })
    await run.publish('brief', { text: 'one' }, { requester: 'web' })
    const second = await run.publish('brief', { text: 'two' }, { requester: 'web' })
    await expect(run.operations.cancel(second.id, 'stranger')).rejects.toMatchObject({ code: 'denied' })
    expect(await run.operations.task(second.id)).toMatchObject({ status: 'queued' })

    expect(await run.operations.cancel(second.id, 'web')).toEqual({ known: false })
    expect(await second.outcome()).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } })
    const log = await run.operations.log({ task: second.id })
    expect(log.map(({ envelope }) => [envelope.kind, envelope.after])).toEqual([['ended', null]])
    expect(await run.operations.task(second.id)).toMatchObject({ playbook: 'brief', requester: 'web' })
    expect(await run.replay(second.id)).toMatchObject({ verified: true })
    expect(await run.operations.verify()).toMatchObject({ verified: true })
  })

  it('is withdrawn by somebody else if a policy permits it, which is in the record', async () => {
    await using run = await rehearse(newsroom(strict), { people: { editor: 'wait' } })
    await run.publish('brief', { text: 'one' }, { requester: 'web' })
    const second = await run.publish('brief', { text: 'two' }, { requester: 'web' })
    await run.operations.cancel(second.id, 'editor')
    expect(await second.outcome()).toMatchObject({ status: 'cancelled' })
    const [record] = await run.operations.log({ task: second.id })
    expect(record?.envelope.decisions).toMatchObject([
      { allowed: true, principal: 'person/editor', action: 'cancel', policies: ['the editor may withdraw'] },
    ])
  })
})

describe('the limits of a queue', () => {
  it('are refused where they are none', () => {
    const counted = (atOnce: number) => () =>
      playbook('brief@1.0.0', { owner: editor, input: Text, output: Text, atOnce }, (steps) => steps)
    const composed = (atOnce: number) => () =>
      team('newsroom', { colleagues: [editor], playbooks: [counted(atOnce)()], policies: allowAll })
    expect(composed(0)).toThrow(expect.objectContaining({ code: 'definition-invalid', path: 'brief/atOnce' }))
    expect(composed(1.5)).toThrow(expect.objectContaining({ code: 'definition-invalid' }))
    expect(() =>
      team('newsroom', { colleagues: [editor], playbooks: [], policies: allowAll, atOnce: { requester: -1 } }),
    ).toThrow(expect.objectContaining({ path: 'newsroom/atOnce/requester' }))
  })

  it('are in what `roster check` prints, also where nobody wrote them down', async () => {
    expect(await check(newsroom())).toMatchObject({
      atOnce: { team: 20, requester: 10 },
      playbooks: [{ name: 'brief', atOnce: 1, priority: 6 }],
    })
    const plain = playbook('plain@1.0.0', { owner: editor, input: Text, output: Text }, (steps) => steps)
    expect(await check(team('desk', { colleagues: [editor], playbooks: [plain], policies: allowAll }))).toMatchObject({
      atOnce: { team: 10_000, requester: 10_000 },
      playbooks: [{ name: 'plain', atOnce: 10_000, priority: 5 }],
    })
  })

  it('are not to be got round: nobody asks for more urgency than the playbook has', async () => {
    await using run = await rehearse(newsroom())
    await expect(run.publish('brief', { text: 'now' }, { priority: 7 })).rejects.toMatchObject({
      code: 'input-invalid',
      path: 'priority',
    })
    await expect(run.publish('brief', { text: 'now' }, { priority: -1 })).rejects.toMatchObject({ path: 'priority' })
  })
})
