import { describe, expect, it } from 'vitest'

import type { Operations } from '../../src/client/operations.ts'
import { can, permissions } from '../../src/operations/can.ts'
import { colleague, playbook, team } from '../../src/index.ts'
import { rehearse, scripted } from '../../src/testing.ts'
import { allowAll, boss, calling, talkers, Word, wordTool } from '../stage.ts'

const shout = wordTool('shout')
const send = wordTool('send', { consequential: true })
const whisper = wordTool('whisper')
const hello = (): { word: string } => ({ word: 'hello' })
const some = {
  'some.cedar': `
@id("all-but-use") permit (principal, action in [Action::"publish", Action::"send", Action::"think"], resource);
@id("shouting") permit (principal == Agent::"talker", action == Action::"use", resource == Tool::"shout");
@id("sending") permit (principal == Agent::"talker", action == Action::"use", resource == Tool::"send") when { context.approved };
@id("forgotten") permit (principal == Agent::"talker", action == Action::"use", resource == Tool::"whisper");
@id("the-boss-governs") permit (principal == Person::"boss", action in [Action::"stop", Action::"promote"], resource);`,
}

describe('stop', () => {
  it('keeps effects from starting until resume, and is answered once it is on record', async () => {
    await using run = await rehearse(talkers(calling('shout', hello), [shout]))
    const { operations } = run
    expect(await operations.stop({ who: 'talker', by: 'boss', because: 'it shouts' })).toMatchObject({
      stream: 'talkers/agent/talker',
    })
    const task = await run.publish('talk', { word: 'hello' })
    await run.idle()
    expect(await operations.task(task.id)).toMatchObject({ status: 'running', costMicroUsd: 0 })
    expect(await barred(operations)).toEqual(['stopped'])
    await operations.resume({ who: 'talker', by: 'boss' })
    expect(await barred(operations)).toEqual([])
    expect(await task.outcome()).toMatchObject({ status: 'done' })
    expect(await operations.replay({ subject: 'talkers/agent/talker' })).toMatchObject({ verified: true })
    expect(await operations.verify()).toMatchObject({ verified: true })
  })

  it('of the team keeps everybody from starting anything', async () => {
    await using run = await rehearse(talkers(calling('shout', hello), [shout]))
    await run.operations.stop({ who: 'all', by: 'boss', because: 'an alarm' })
    const task = await run.publish('talk', { word: 'hello' })
    await run.idle()
    expect(await run.operations.task(task.id)).toMatchObject({ status: 'running', costMicroUsd: 0 })
    await run.operations.resume({ who: 'team', by: 'boss' })
    expect(await task.outcome()).toMatchObject({ status: 'done' })
  })

  it('is denied to whom no policy lets, and is not for anybody unknown', async () => {
    await using run = await rehearse(
      talkers(calling('shout', hello), [shout, send], { policies: some, known: [whisper] }),
    )
    const order = { who: 'talker', because: 'why not' }
    await expect(run.operations.stop({ ...order, by: 'talker' })).rejects.toMatchObject({ code: 'denied' })
    await expect(run.operations.stop({ ...order, by: 'somebody' })).rejects.toMatchObject({ code: 'denied' })
    await expect(run.operations.stop({ ...order, who: 'nobody', by: 'boss' })).rejects.toMatchObject({
      code: 'unknown-colleague',
    })
  })
})

describe('revoke', () => {
  it('ends what is open and refuses what comes, until the colleague is reinstated', async () => {
    await using run = await rehearse(talkers(calling('shout', hello), [shout]))
    const { operations } = run
    await operations.stop({ who: 'talker', by: 'boss', because: 'so that its work stays open' })
    const open = await run.publish('talk', { word: 'hello' })
    await run.idle()
    const revoked = await operations.revoke({ who: 'talker', by: 'boss', because: 'a theft' })
    expect(revoked).toMatchObject({ stream: 'talkers/agent/talker', jobs: [expect.stringContaining('/job/')] })
    expect(await open.outcome()).toMatchObject({ status: 'failed', error: { code: 'revoked' } })
    const late = await run.publish('talk', { word: 'again' })
    expect(await late.outcome()).toMatchObject({ status: 'failed', error: { code: 'revoked' } })
    await operations.resume({ who: 'talker', by: 'boss' })
    await operations.reinstate({ who: 'talker', by: 'boss' })
    const anew = await run.publish('talk', { word: 'hello' })
    expect(await anew.outcome()).toMatchObject({ status: 'done' })
    for (const subject of ['talkers/agent/talker', open.id, late.id])
      expect(await operations.replay({ subject })).toMatchObject({ verified: true })
    expect(await operations.verify()).toMatchObject({ verified: true })
  })

  it('is denied to whom no policy lets, and is not for the team', async () => {
    await using run = await rehearse(
      talkers(calling('shout', hello), [shout, send], { policies: some, known: [whisper] }),
    )
    const order = { who: 'talker', because: 'why not' }
    await expect(run.operations.revoke({ ...order, by: 'talker' })).rejects.toMatchObject({ code: 'denied' })
    await expect(run.operations.revoke({ ...order, who: 'team', by: 'boss' })).rejects.toMatchObject({
      code: 'unknown-colleague',
    })
  })
})

describe('promote', () => {
  it('changes what an agent may do, is on record with what it did so far, and can be taken back', async () => {
    await using run = await rehearse(talkers(calling('send', hello), [send], { policies: allowAll }))
    const promote = (level: 'observe' | 'bounded') =>
      run.operations.promote({ who: 'talker', level, by: 'boss', because: 'as agreed' })
    expect(await promote('observe')).toMatchObject({ before: 'bounded' })
    const observed = await run.publish('talk', { word: 'hello' })
    expect(await observed.outcome()).toEqual({ status: 'done', output: { word: 'denied' } })
    expect(await promote('bounded')).toMatchObject({ before: 'observe' })
    const bounded = await run.publish('talk', { word: 'again' })
    expect(await bounded.outcome()).toEqual({ status: 'done', output: { word: 'approval-required' } })
    const { records } = await run.operations.export()
    const notes = records.flatMap(({ body }) => (body?.includes('"terms.level"') === true ? [JSON.parse(body)] : []))
    expect(notes.at(-1)).toMatchObject({ payload: { message: { payload: { evidence: { name: 'talker', done: 1 } } } } })
  })

  it('is denied to agents and clients, and for people', async () => {
    await using run = await rehearse(talkers(calling('send', hello), [send]))
    const order = { level: 'autonomous' as const, because: 'I want to' }
    await expect(run.operations.promote({ ...order, who: 'talker', by: 'talker' })).rejects.toMatchObject({
      code: 'denied',
    })
    await expect(run.operations.promote({ ...order, who: 'boss', by: 'boss' })).rejects.toMatchObject({
      code: 'input-invalid',
    })
  })
})

describe('an agent that is demoted by itself', () => {
  it('needs an approval after so many failures in a row, and the record says what its level is', async () => {
    const agent = colleague('failing@1.0.0', {
      owner: boss,
      role: 'failing',
      model: scripted({}),
      demote: { afterFailures: 2, to: 'propose' },
      accepts: { fail: { input: Word, output: Word, instructions: 'Fail.' } },
    })
    const fail = playbook('fail@1.0.0', { owner: boss, input: Word, output: Word }, (steps) => steps.ask(agent, 'fail'))
    const played = team('failing', { colleagues: [agent, boss], playbooks: [fail], policies: allowAll })
    await using run = await rehearse(played)
    for (const word of ['one', 'two']) await (await run.publish('fail', { word })).outcome()
    const promoted = run.operations.promote({ who: 'failing', level: 'bounded', by: 'boss', because: 'mended' })
    await expect(promoted).resolves.toMatchObject({ before: 'propose' })
    expect(await run.operations.replay({ subject: 'failing/agent/failing' })).toMatchObject({ verified: true })
  })
})

describe('can', () => {
  const talking = talkers(calling('shout', hello), [shout, send], { policies: some, known: [whisper] })
  const asks = async (what: string, given = {}) => can(talking, { who: 'talker', action: 'use', what, given })

  it('says which policies determine an answer', async () => {
    expect(await asks('shout')).toMatchObject({ allowed: true, policies: ['shouting'], needed: [], alsoNeeded: [] })
  })

  it('says what it would take, and what is needed whatever the policies say', async () => {
    expect(await asks('send', { untrusted: true })).toMatchObject({
      allowed: false,
      needed: ['a valid approval of the exact arguments'],
      alsoNeeded: ['an approval or endorsement of its exact arguments: its lineage is not trusted'],
    })
    expect(await asks('send', { approved: true })).toMatchObject({ allowed: true, policies: ['sending'] })
  })

  it('refuses a question that makes no sense', async () => {
    await expect(can(talking, { who: 'talker', action: 'fly', what: 'shout' })).rejects.toMatchObject({ code: 'usage' })
    await expect(can(talking, { who: 'nobody', action: 'use', what: 'shout' })).rejects.toMatchObject({
      code: 'unknown-colleague',
    })
    expect(await asks('fly')).toMatchObject({ allowed: false })
  })

  it('is asked for every question of a team: who may do what, and which grants nothing uses', async () => {
    const { rows, unused } = await permissions(talking)
    const answers = rows.filter(({ who, action }) => who === 'talker' && action === 'use')
    expect(answers.map(({ what, answer }) => [what, answer])).toEqual([
      ['shout', 'yes'],
      ['send', 'when approved or when approved and endorsed'],
      ['whisper', 'yes'],
    ])
    expect(unused).toEqual([{ who: 'talker', what: 'whisper' }])
    expect(rows.find(({ who, action }) => who === 'boss' && action === 'stop')).toMatchObject({ answer: 'yes' })
    expect(rows.find(({ who, action }) => who === 'boss' && action === 'decide')).toMatchObject({ answer: 'no' })
  })
})

async function barred(operations: Pick<Operations, 'who'>): Promise<readonly string[] | undefined> {
  return (await operations.who()).find(({ name }) => name === 'talker')?.barred
}
