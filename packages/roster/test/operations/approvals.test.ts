import { argumentsDigest, signedText, type Approval, type UnsignedApproval } from '@roster/core'
import { decide } from '@roster/runtime'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'

import type { InboxItem } from '../../src/client.ts'
import { approve, ask, colleague, person, playbook, team, use } from '../../src/index.ts'
import { assign, setup } from 'xstate'
import { assemble } from '../../src/embedded/assemble.ts'
import { memoryCheckpoints, hostKey } from '../../src/embedded/checkpoints.ts'
import { memoryKeys } from '../../src/embedded/keys.ts'
import { loadPolicy } from '../../src/embedded/load-policy.ts'
import { rehearse } from '../../src/testing.ts'
import { sha256 } from '../../src/sha256.ts'
import { fixedClock, seededIds } from '@roster/testing'
import { memoryStore } from '@roster/runtime'
import { allowAll, boss, Word, wordTool } from '../stage.ts'

const other = person('other', { role: 'other' })
const day = 86_400_000

/** A team whose boss is asked about one word, and whose agent then sends `sent(word)` after `waitMs`. */
function senders(sent: (word: string) => string, waitMs = 0) {
  const log: string[] = []
  const send = wordTool('send', {
    consequential: true,
    integrity: 'trusted',
    gate: () => ({ role: 'boss', because: 'every word counts' }),
    run: ({ word }) => {
      log.push(word)
      return { word }
    },
  })
  const sending = setup({
    types: { context: {} as { word: string; code: string }, input: {} as { input: z.infer<typeof Word> } },
    actors: { send: use(send) },
  }).createMachine({
    context: ({ input }) => ({ word: input.input.word, code: '' }),
    initial: 'waiting',
    output: ({ context }) => ({ word: context.code }),
    states: {
      waiting: { after: { [waitMs]: 'sending' } },
      sending: {
        invoke: {
          src: 'send',
          input: ({ context }) => ({ word: context.word }),
          onDone: { target: 'ended', actions: assign({ code: 'sent' }) },
          onError: {
            target: 'ended',
            actions: assign({ code: ({ event }) => (event.error as { code: string; message: string }).message }),
          },
        },
      },
      ended: { type: 'final' },
    },
  })
  const sender = colleague('sender@1.0.0', {
    owner: boss,
    role: 'sender',
    tools: [send],
    accepts: { send: { input: Word, output: Word, machine: sending } },
  })
  const asking = setup({
    types: { context: {} as z.infer<typeof Word>, input: {} as { input: z.infer<typeof Word> } },
    actors: { ask: approve(boss, send, { validFor: '1 day' }), send: ask(sender, 'send') },
  }).createMachine({
    context: ({ input }) => ({ word: input.input.word }),
    initial: 'asking',
    output: ({ context }) => context,
    states: {
      asking: {
        invoke: {
          src: 'ask',
          input: ({ context }) => ({ arguments: { word: context.word }, question: 'May it be sent?' }),
          onDone: 'sending',
        },
      },
      sending: {
        invoke: {
          src: 'send',
          input: ({ context }) => ({ word: sent(context.word) }),
          onDone: { target: 'ended', actions: assign({ word: ({ event }) => event.output.word }) },
        },
      },
      ended: { type: 'final' },
    },
  })
  const say = playbook('say@1.0.0', { owner: boss, input: Word, output: Word }, asking)
  return { log, team: team('senders', { colleagues: [sender, boss, other], playbooks: [say], policies: allowAll }) }
}

describe('an approval', () => {
  it('lets exactly the arguments through that were approved', async () => {
    const { team: played, log } = senders((word) => word)
    await using run = await rehearse(played)
    const task = await run.publish('say', { word: 'hello' })
    expect(await task.result()).toEqual({ word: 'sent' })
    expect(log).toEqual(['hello'])
  })

  it('is worth nothing for other arguments', async () => {
    const { team: played, log } = senders((word) => `${word}!`)
    await using run = await rehearse(played)
    const task = await run.publish('say', { word: 'hello' })
    expect(await task.result()).toEqual({ word: expect.stringContaining('approved other arguments') })
    expect(log).toEqual([])
  })

  it('is worth nothing once it has expired', async () => {
    const { team: played, log } = senders((word) => word, 2 * day)
    await using run = await rehearse(played)
    const task = await run.publish('say', { word: 'hello' })
    expect(await task.result()).toEqual({ word: expect.stringContaining('has expired') })
    expect(log).toEqual([])
  })

  it('that was declined lets nothing through', async () => {
    const { team: played, log } = senders((word) => word)
    await using run = await rehearse(played, { people: { boss: 'decline' } })
    const task = await run.publish('say', { word: 'hello' })
    expect(await task.result()).toEqual({ word: expect.stringContaining('declined') })
    expect(log).toEqual([])
  })
})

/** A team at work whose keys are at hand, with one question in the inbox. */
async function asked() {
  const { team: played, log } = senders((word) => word)
  const clock = fixedClock(Date.UTC(2026, 0, 1))
  const keys = memoryKeys(['sender', 'boss', 'other', hostKey])
  const assembled = await assemble(played, {
    store: memoryStore({ tenant: played.name, clock }),
    policy: await loadPolicy(played),
    keys,
    checkpoints: memoryCheckpoints(),
    clock,
    alarm: { set: () => {} },
    ids: seededIds(3),
    hostName: 'test',
    build: 'test',
    deployment: { by: 'test', message: '' },
  })
  const { task } = await assembled.publish({
    playbook: 'say',
    input: { word: 'hello' },
    idempotencyKey: '1',
    requester: 'me',
  })
  await assembled.idle()
  const [item] = await assembled.inbox()
  if (item === undefined) throw new Error('nobody was asked')
  /** Brings a decision that differs from the right one, signed with somebody's key. */
  const bring = async (change: Partial<UnsignedApproval>, signer = 'boss'): Promise<void> => {
    const unsigned = {
      ...rightFor(item, task, assembled.context.policy.digest, clock.now()),
      key: keys.publicKey(signer),
      ...change,
    }
    const approval: Approval = { ...unsigned, signature: keys.sign(signer, signedText(unsigned)) }
    await decide(assembled.context.intake, item.item, approval)
    await assembled.idle()
  }
  return { assembled, bring, item, task, log, clock }
}

function rightFor(asking: InboxItem, task: string, policySet: string, at: number): Omit<UnsignedApproval, 'key'> {
  return {
    id: `decision of ${asking.item}`,
    task,
    person: 'boss',
    role: 'boss',
    decision: 'approved',
    tool: 'send',
    argumentsDigest: asking.argumentsDigest,
    policySet,
    at,
    expiresAt: asking.expiresAt,
    reason: '',
  }
}

describe('a decision', () => {
  it('that fits is taken', async () => {
    const { bring, assembled } = await asked()
    await bring({})
    expect(await assembled.inbox()).toEqual([])
  })

  it.for<[string, Partial<UnsignedApproval>, string]>([
    ['with the key of somebody else', {}, 'other'],
    ['about other arguments', { argumentsDigest: '0'.repeat(64) }, 'boss'],
    ['about another tool', { tool: 'shout' }, 'boss'],
    ['about another task', { task: 'another' }, 'boss'],
    ['under other policies', { policySet: '0'.repeat(64) }, 'boss'],
    ['in another role', { role: 'other' }, 'boss'],
    ['of another person', { person: 'other' }, 'other'],
    ['that is valid for longer than was asked', { expiresAt: Date.UTC(2030, 0, 1) }, 'boss'],
    ['that expired before it came', { expiresAt: Date.UTC(2025, 0, 1) }, 'boss'],
  ])('%s is denied, is on record, and the question stays', async ([, change, signer]) => {
    const { bring, assembled, task } = await asked()
    await bring(change, signer)
    expect(await assembled.inbox()).toHaveLength(1)
    const last = (await assembled.log({ task })).findLast(({ envelope }) => envelope.cause.type === 'decision')
    expect(last).toMatchObject({ envelope: { kind: 'denied' } })
    expect(await assembled.replay({ subject: task })).toMatchObject({ verified: true })
  })
})

describe('the inbox', () => {
  it('shows machine-made facts beside the question', async () => {
    const { item, task } = await asked()
    expect(item).toMatchObject({
      person: 'boss',
      role: 'boss',
      task,
      tool: 'send',
      arguments: { word: 'hello' },
      argumentsDigest: argumentsDigest({ word: 'hello' }, { sha256 }),
      question: 'May it be sent?',
      integrity: 'untrusted',
      sources: ['client/me'],
      costMicroUsd: 0,
      since: Date.UTC(2026, 0, 1),
      expiresAt: Date.UTC(2026, 0, 2),
    })
  })

  it('takes no decision of what waits for nobody', async () => {
    const { assembled, item } = await asked()
    const decision = { item: item.item, person: 'other', decision: 'approved' as const, reason: '' }
    await expect(assembled.decide(decision)).rejects.toMatchObject({ code: 'unknown-record' })
    await expect(assembled.decide({ ...decision, person: 'nobody' })).rejects.toMatchObject({ code: 'unknown-record' })
  })

  it('says in which record a decision was taken', async () => {
    const { assembled, item } = await asked()
    const { record } = await assembled.decide({ item: item.item, person: 'boss', decision: 'approved', reason: '' })
    const records = await assembled.log({ stream: item.item })
    expect(records.find(({ envelope }) => envelope.id === record)).toMatchObject({
      envelope: { kind: 'stepped', cause: { type: 'decision' } },
    })
  })

  it('says that a decision was refused, and why', async () => {
    const { assembled, item, clock } = await asked()
    clock.advance(day + 1)
    const late = { item: item.item, person: 'boss', decision: 'approved' as const, reason: '' }
    await expect(assembled.decide(late)).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringContaining('expired'),
    })
    expect(await assembled.inbox()).toHaveLength(1)
  })

  it('takes a decision by the id of the task', async () => {
    const { assembled, task } = await asked()
    await assembled.decide({ item: task, person: 'boss', decision: 'declined', reason: 'no' })
    await assembled.idle()
    expect(await assembled.inbox()).toEqual([])
  })
})
