import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import {
  authoriseMessage,
  skillLogic,
  standardDuty,
  type Actor,
  type Decision,
  type Json,
  type Message,
} from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, adasJob, message, policy, task, team } from '../kit/sample.ts'

const ask = skillLogic<null, Json>({ kind: 'ask', to: { name: 'bert' }, work: 'draft' })
const asking = setup({ actors: { ask } }).createMachine({
  initial: 'on',
  states: { on: { invoke: { id: 'a', src: 'ask', input: null } } },
})

const ofAda = (): Actor => new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency: 1 } }).actor
const ofTask = (): Actor => new Life(asking, { stream: task, kind: 'playbook' }).actor
const ofJob = (): Actor => new Life(asking).actor

/** Given an actor and a policy that allows all or nothing, when a message comes, then this is decided. */
function given(actor: Actor, allowed = true) {
  return {
    when: (type: string, parts: Partial<Message> = {}) => ({
      then: (decision: Partial<Decision> | null): void => {
        const decided = authoriseMessage(
          actor,
          message({ id: 'm', type, to: actor.stream, ...parts }),
          team,
          policy(allowed),
        )
        const expected = decision === null ? null : { ...decided, ...decision }
        expect(decided).toEqual(expected)
      },
    }),
  }
}

describe('the policy is asked', () => {
  it('whether a task may be published, by whom, and for which playbook', () => {
    given(ofTask())
      .when('task', { kind: 'brief', sender: 'client/web' })
      .then({ allowed: true, principal: 'client/web', action: 'publish', resource: 'playbook/brief' })
  })

  it('whether a playbook may ask a colleague for work', () => {
    given(ofAda())
      .when('work', { kind: 'draft' })
      .then({ principal: 'task/t1', action: 'send', resource: 'colleague/ada', policies: ['p1'] })
  })

  it('by the colleague’s name also for a message to one of its jobs', () => {
    given(ofJob()).when('note').then({ action: 'send', resource: 'colleague/ada' })
  })

  it('whether a person may decide, also when they come as a client', () => {
    given(ofJob())
      .when('decision', { sender: 'client/eve' })
      .then({ principal: 'person/eve', action: 'decide', resource: 'approval/write' })
  })

  it('whether a client may withdraw a task', () => {
    given(ofTask())
      .when('cancel', { sender: 'client/mallory' })
      .then({ principal: 'client/mallory', action: 'cancel', resource: 'task/t1' })
  })

  it('and its denial is the decision, with its words', () => {
    given(ofAda(), false).when('work').then({ allowed: false, policies: [], reason: 'no policy permits it' })
  })
})

describe('what carries on an exchange needs no new permission:', () => {
  const { cause = '' } = ofTask().state?.open['a'] ?? {}

  it('a reply by whom the ask was put to', () => {
    given(ofTask(), false).when('reply', { inReplyTo: cause, sender: 'acme/agent/bert' }).then(null)
    given(ofTask(), false)
      .when('reply', { inReplyTo: cause, sender: `acme/agent/bert/job/${cause}` })
      .then(null)
    given(ofTask(), false).when('reply', { inReplyTo: cause, sender: 'acme/team' }).then(null)
  })

  it('a notice by a task of the team', () => {
    given(ofAda(), false).when('work', { kind: 'notice', sender: 'acme/task/1' }).then(null)
  })

  it('a reply that is late', () => {
    given(ofTask(), false).when('reply', { inReplyTo: 'gone', sender: 'acme/agent/bert' }).then(null)
  })

  it('the start of a job by its colleague, and its end by the job', () => {
    given(ofJob(), false).when('job.start', { sender: ada }).then(null)
    given(ofAda(), false).when('job.ended', { sender: adasJob }).then(null)
  })

  it('a colleague’s hiring and a notice, by the system', () => {
    given(ofAda(), false).when('hired', { sender: 'client/system' }).then(null)
    given(ofAda(), false).when('work', { kind: 'notice', sender: 'acme/team' }).then(null)
  })

  it('a withdrawal by whoever asked', () => {
    given(ofJob(), false).when('cancel', { sender: task }).then(null)
  })
})

describe('nobody else may carry on an exchange, whatever the policy says:', () => {
  const forged = { allowed: false, policies: [] }
  const { cause = '' } = ofTask().state?.open['a'] ?? {}

  it.each<readonly [string, Actor, string, Partial<Message>, string]>([
    [
      'a reply by another colleague',
      ofTask(),
      'reply',
      { inReplyTo: cause, sender: ada },
      'an ask is answered by whom it was put to',
    ],
    [
      'a reply by a client',
      ofTask(),
      'reply',
      { inReplyTo: cause, sender: 'client/web' },
      'an ask is answered by whom it was put to',
    ],
    [
      'a reply by another team',
      ofTask(),
      'reply',
      { inReplyTo: cause, sender: 'evil/team' },
      'an ask is answered by whom it was put to',
    ],
    [
      'a job’s start by another colleague',
      ofJob(),
      'job.start',
      { sender: 'acme/agent/bert' },
      'a job is started by its own colleague',
    ],
    ['a job’s end by a task', ofAda(), 'job.ended', { sender: task }, "a job's end is told by the job itself"],
    [
      'a job’s end by another’s job',
      ofAda(),
      'job.ended',
      { sender: 'acme/agent/bert/job/1' },
      "a job's end is told by the job itself",
    ],
    ['a hiring by a client', ofAda(), 'hired', { sender: 'client/web' }, 'a colleague is hired by loading a team'],
    [
      'a notice by a colleague',
      ofAda(),
      'work',
      { kind: 'notice', sender: 'acme/agent/bert' },
      'a notice comes from the system, or from a task of the team',
    ],
    [
      'a notice by a task of another team',
      ofAda(),
      'work',
      { kind: 'notice', sender: 'other/task/1' },
      'a notice comes from the system, or from a task of the team',
    ],
  ])('%s is denied', (...[, actor, type, parts, reason]) => {
    given(actor)
      .when(type, parts)
      .then({ ...forged, reason })
  })
})
