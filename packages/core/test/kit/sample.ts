import { sha256 } from '@roster/testing'
import type { AnyStateMachine } from 'xstate'

import {
  defaultLimits,
  standardDuty,
  streamName,
  type Colleague,
  type Definition,
  type Message,
  type Policy,
  type Question,
  type Team,
  type Verdict,
} from '../../src/index.ts'

/** 2026-01-01T00:00:00Z. */
export const newYear = 1_767_225_600_000

export const task = streamName.task('acme', 't1')
export const ada = streamName.agent('acme', 'ada')
export const adasJob = streamName.job(ada, 'ask-1')

/** A definition as a loader would make it. */
export function definition(machine: AnyStateMachine, parts: Partial<Definition> = {}): Definition {
  return {
    kind: 'job',
    id: 'ada@1.0.0/write',
    digest: sha256('ada@1.0.0/write'),
    limits: defaultLimits,
    machine,
    ...parts,
  }
}

function colleague(kind: 'agent' | 'person', name: string, role: string): Colleague {
  const duty = definition(standardDuty, { kind: 'colleague', id: `${name}@1.0.0`, digest: sha256(name) })
  const model = kind === 'agent' ? 'scripted' : null
  return { kind, name, role, version: '1.0.0', owner: 'eve', duty, concurrency: 1, accepts: {}, tools: [], model }
}

/** Two clerks and a chief. */
export const team: Team = {
  name: 'acme',
  digest: sha256('acme'),
  colleagues: {
    ada: colleague('agent', 'ada', 'clerk'),
    bert: colleague('agent', 'bert', 'clerk'),
    eve: colleague('person', 'eve', 'chief'),
  },
  playbooks: {},
  tools: {},
  configuration: null,
}

/** A policy that answers every question the same way. */
export function policy(allowed: boolean | ((question: Question) => boolean) = true): Policy {
  const digest = sha256('policies')
  const decide = (question: Question): Verdict => {
    const answer = typeof allowed === 'boolean' ? allowed : allowed(question)
    return {
      allowed: answer,
      policies: answer ? ['p1'] : [],
      policySet: digest,
      reason: answer ? 'p1 permits it' : 'no policy permits it',
    }
  }
  return { digest, decide }
}

/** A message about task `t1`; trusted unless told otherwise. */
export function message(parts: Pick<Message, 'id' | 'type' | 'to'> & Partial<Message>): Message {
  const label = { integrity: 'trusted' as const, sources: [] }
  const rest = { sender: task, correlationId: 't1', causationId: 'c0', at: newYear, label, payload: null }
  return { ...rest, ...parts }
}
