import { describe, expect, it } from 'vitest'

import { checkTeam, verifyExport } from '../../src/client.ts'
import { colleague, playbook, team } from '../../src/index.ts'
import { rehearse, scripted } from '../../src/testing.ts'
import { newsroom } from '../newsroom.ts'
import { allowAll, boss, calling, talkers, Word, wordTool } from '../stage.ts'

const greeting = scripted({ say: { word: 'hi' } })

describe('who, totals and log', () => {
  it('say who is on the roster, does what, and at what cost', async () => {
    await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
    const task = await run.publish('brief', { topic: 'tides' })
    await run.idle()
    expect(await run.operations.who()).toMatchObject([
      { name: 'editor', kind: 'person', done: 0, open: [{ task: task.id, kind: 'approval', state: 'waiting' }] },
      { name: 'researcher', kind: 'agent', owner: 'editor', version: '1.0.0', done: 1, costMicroUsd: 400, open: [] },
      { name: 'writer', kind: 'agent', done: 1, failed: 0, denials: 0, costMicroUsd: 400, open: [] },
    ])
    const records = await run.operations.log()
    const totals = await run.operations.totals()
    expect(totals).toMatchObject({ records: records.length, denials: 0, costMicroUsd: 800 })
    expect(await run.operations.task(task.id)).toMatchObject({ costMicroUsd: 800 })
    const { records: exported } = await run.operations.export()
    expect(totals.bytes).toBe(
      exported.reduce((sum, { envelope, body }) => sum + envelope.length + (body ?? '').length, 0),
    )
  })

  it('show records in order of position: of everything, of a stream, of a task, after a position, a few', async () => {
    await using run = await rehearse(newsroom)
    const task = await run.publish('brief', { topic: 'tides' })
    await task.result()
    const all = await run.operations.log()
    expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => index + 1))
    expect((await run.operations.log({ after: 3, limit: 2 })).map(({ position }) => position)).toEqual([4, 5])
    const own = await run.operations.log({ stream: `newsroom/task/${task.id}` })
    expect(own.map(({ envelope }) => envelope.version)).toEqual(own.map((_, index) => index + 1))
    const caused = await run.operations.log({ task: task.id, after: 5 })
    expect(caused.every(({ position, envelope }) => position > 5 && envelope.correlationId === task.id)).toBe(true)
  })

  it('find tasks by status and by business key', async () => {
    await using run = await rehearse(talkers(greeting, []))
    const one = await run.publish('talk', { word: 'one' })
    const two = await run.publish('talk', { word: 'two' })
    await run.idle()
    expect((await run.operations.tasks()).map(({ task }) => task)).toEqual([one.id, two.id])
    expect((await run.operations.tasks({ about: 'word/two' })).map(({ task }) => task)).toEqual([two.id])
    expect(await run.operations.tasks({ about: 'word/tw' })).toEqual([])
    expect(await run.operations.tasks({ status: 'failed' })).toEqual([])
    await expect(run.operations.task('nothing')).rejects.toMatchObject({ code: 'unknown-task' })
  })
})

describe('why', () => {
  it('answers for a record with the chain of causes, from the publication on', async () => {
    await using run = await rehearse(newsroom)
    const task = await run.publish('brief', { topic: 'tides' })
    await task.result()
    const records = await run.operations.log({ task: task.id })
    const last = records.findLast(({ envelope }) => envelope.stream.includes('/agent/writer/job/'))
    const { chain, tasks } = await run.operations.why({ record: last?.envelope.id ?? '' })
    expect(tasks).toMatchObject([{ task: task.id }])
    expect(chain[0]).toMatchObject({ cause: { type: 'task', kind: 'brief' }, version: 1 })
    expect(chain.at(-1)).toMatchObject({ record: last?.envelope.id, answer: expect.anything(), costMicroUsd: 400 })
    const positions = chain.map(({ position }) => position)
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    expect(chain.map(({ stream }) => stream.replace(/[0-9a-zA-Z]{26,}/g, '…'))).toContain(
      'newsroom/agent/researcher/job/…',
    )
  })

  it('answers for a business key with everything behind its tasks', async () => {
    await using run = await rehearse(talkers(greeting, []))
    const task = await run.publish('talk', { word: 'tides' })
    await task.result()
    const { chain, tasks } = await run.operations.why({ about: 'word/tides' })
    expect(tasks).toMatchObject([{ task: task.id, about: expect.arrayContaining(['word/tides']) }])
    expect(chain.length).toBe((await run.operations.log({ task: task.id })).length)
    await expect(run.operations.why({ about: 'word/none' })).rejects.toMatchObject({ code: 'unknown-task' })
    await expect(run.operations.why({ record: 'none' })).rejects.toMatchObject({ code: 'unknown-record' })
  })

  it('names the guards and the transitions not taken, of a playbook', async () => {
    await using run = await rehearse(newsroom)
    const task = await run.publish('brief', { topic: 'tides' })
    await task.result()
    const { chain } = await run.operations.why({ record: await lastOf(run, `newsroom/task/${task.id}`) })
    expect(chain.at(-1)).toMatchObject({
      guards: [{ guard: 'approved', result: true }],
      taken: [{ target: ['done'] }],
      notTaken: [{ guard: null, target: ['ended'] }],
      approvals: [{ person: 'editor', decision: 'approved' }],
    })
  })

  it('names the guards and the transitions not taken, of a job', async () => {
    const echo = wordTool('echo')
    await using run = await rehearse(
      talkers(
        calling('echo', () => ({ word: 'tides' })),
        [echo],
      ),
    )
    const task = await run.publish('talk', { word: 'tides' })
    await task.result()
    const { chain } = await run.operations.why({ about: 'word/tides' })
    const asked = chain.find(({ guards }) => guards.some(({ guard, result }) => guard === 'asksForTools' && result))
    expect(asked).toMatchObject({ notTaken: [{ guard: null, target: ['job.answered'] }] })
    const answered = chain.find(({ guards }) => guards.some(({ guard, result }) => guard === 'asksForTools' && !result))
    expect(answered).toMatchObject({ notTaken: [{ guard: 'asksForTools', target: ['job.using'] }] })
  })
})

describe('replay', () => {
  it('goes to a version of the task, with what its jobs had done by then', async () => {
    await using run = await rehearse(newsroom)
    const task = await run.publish('brief', { topic: 'tides' })
    await task.result()
    const whole = await run.replay(task.id)
    const part = await run.replay(task.id, { to: { version: 2 } })
    expect(whole).toMatchObject({ verified: true, state: { value: 'done', status: 'done' } })
    expect(part).toMatchObject({ verified: true, state: { value: 'draft-2' } })
    expect(part.steps.length).toBeLessThan(whole.steps.length)
    expect(part.steps).toEqual(whole.steps.slice(0, part.steps.length))
    expect(part.steps.at(-1)).toMatchObject({ version: 2, before: 'research', after: 'draft-2' })
  })

  it('goes over one stream, also of a colleague', async () => {
    await using run = await rehearse(newsroom)
    await (await run.publish('brief', { topic: 'tides' })).result()
    const { verified, steps } = await run.operations.replay({ subject: 'newsroom/agent/writer' })
    expect({ verified, count: steps.length }).toEqual({ verified: true, count: 3 })
  })

  it('of what is not there is an error that says what there is', async () => {
    await using run = await rehearse(newsroom)
    const task = await run.publish('brief', { topic: 'tides' })
    await task.result()
    await expect(run.replay('none')).rejects.toMatchObject({ code: 'unknown-task' })
    await expect(run.replay(task.id, { to: { version: 99 } })).rejects.toMatchObject({ code: 'usage', path: 'to' })
  })

  it('with a changed definition says where it takes another way', async () => {
    const history = await historyOf('hi')
    const same = await checkTeam(shouting('hi'), [history])
    expect(same).toMatchObject({ ok: true, histories: { streams: 2 } })
    const changed = await checkTeam(shouting('hello'), [history])
    expect(changed.ok).toBe(false)
    expect(changed.problems).toContainEqual(
      expect.objectContaining({ code: 'diverged', path: expect.stringMatching(/shouting\/task\/.*\/2$/) }),
    )
  })
})

describe('an export', () => {
  it('of everything, of one task and of a task under way verifies by itself', async () => {
    await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
    const one = await run.publish('brief', { topic: 'tides' })
    const two = await run.publish('brief', { topic: 'dunes' })
    await run.idle()
    await run.checkpoint()
    const everything = await run.operations.export()
    expect(verifyExport(everything)).toMatchObject({ verified: true, checkpoints: 1 })
    for (const { id } of [one, two]) {
      const exported = await run.operations.export({ task: id })
      expect(exported).not.toHaveProperty('checkpoints')
      expect(verifyExport(exported)).toMatchObject({ verified: true, problems: [] })
    }
  })

  it('with any one record cut out does not', async () => {
    await using run = await rehearse(newsroom)
    const task = await run.publish('brief', { topic: 'tides' })
    await task.result()
    const everything = await run.operations.export()
    for (const index of everything.records.keys())
      expect(verifyExport({ ...everything, records: everything.records.toSpliced(index, 1) }).verified).toBe(false)
    const one = await run.operations.export({ task: task.id })
    const own = one.records.flatMap(({ envelope }, index) =>
      /\/(task|job)\//.test(envelope.split('"stream":')[1] ?? '') ? [index] : [],
    )
    for (const index of own)
      expect(verifyExport({ ...one, records: one.records.toSpliced(index, 1) }).verified).toBe(false)
  })
})

async function lastOf(run: Awaited<ReturnType<typeof rehearse<typeof newsroom>>>, stream: string): Promise<string> {
  return (await run.operations.log({ stream })).at(-1)?.envelope.id ?? ''
}

/** A team whose playbook goes on when the word is this one. */
function shouting(expected: string) {
  const talker = colleague('talker@1.0.0', {
    owner: boss,
    role: 'talker',
    model: greeting,
    accepts: { say: { input: Word, output: Word, instructions: 'Say it.' } },
  })
  const shout = playbook('shout@1.0.0', { owner: boss, input: Word, output: Word }, (steps) =>
    steps.ask(talker, 'say').branch(
      'expected',
      ({ word }) => word === expected,
      (yes) => yes,
      (no) => no.approve(boss, { within: '1 day', otherwise: 'fail' }),
    ),
  )
  return team('shouting', { colleagues: [talker, boss], playbooks: [shout], policies: allowAll })
}

async function historyOf(expected: string) {
  await using run = await rehearse(shouting(expected))
  await (await run.publish('shout', { word: 'x' })).result()
  return await run.operations.export()
}
