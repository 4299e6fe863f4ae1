import {
  amounts,
  approvalJob,
  defaultLimits,
  nothing,
  skillLogic,
  standardDuty,
  trusted,
  type Colleague,
  type Definition,
  type Failure,
  type JobInput,
  type Json,
  type Policy,
  type Schema,
  type Team,
  type Work,
} from '@roster/core'
import type { EffectAnswer, EffectCall, EffectRunner } from '@roster/runtime'
import { assign, setup, type AnyStateMachine } from 'xstate'

import { sha256 } from '../id/sha256.ts'
import { coordinatorPlaybooks } from './coordinator-playbooks.ts'

interface Context {
  readonly input: Json
  readonly output: Json
  readonly failure: Failure | null
}

const job = setup({
  types: { context: {} as Context, input: {} as JobInput },
  actors: { note: skillLogic<Json, Json>({ kind: 'use', tool: 'note' }) },
})
const context = ({ input }: { readonly input: JobInput }): Context => ({
  input: input.input,
  output: null,
  failure: null,
})

/** Answers with what it was given. */
const echo = job.createMachine({
  id: 'echo',
  context,
  output: ({ context: { input } }) => input,
  initial: 'answered',
  states: { answered: { type: 'final' } },
})

/** Answers with an error of its own. */
const fail = job.createMachine({
  id: 'fail',
  context,
  output: { status: 'failed', error: { code: 'no-paper', message: 'There is no paper left.' } },
  initial: 'answered',
  states: { answered: { type: 'final' } },
})

/** Waits for a word that nobody says. */
const never = job.createMachine({
  id: 'never',
  context,
  initial: 'waiting',
  states: { waiting: { on: { word: 'answered' } }, answered: { type: 'final' } },
})

/** Uses a tool. */
const note = job.createMachine({
  id: 'note',
  context,
  output: ({ context: { output } }) => output,
  initial: 'noting',
  states: {
    noting: {
      invoke: {
        id: 'note',
        src: 'note',
        input: ({ context: { input } }) => input,
        onDone: { target: 'answered', actions: assign({ output: ({ event }) => event.output }) },
      },
    },
    answered: { type: 'final' },
  },
})

const anything: Schema = { '~standard': { version: 1, vendor: 'contract', validate: (value) => ({ value }) } }

function definition(kind: Definition['kind'], id: string, machine: AnyStateMachine): Definition {
  return { kind, id, digest: sha256(id), machine, limits: defaultLimits }
}

function colleague(
  kind: Colleague['kind'],
  name: string,
  role: string,
  jobs: Readonly<Record<string, AnyStateMachine>>,
): Colleague {
  const work = (of: string, machine: AnyStateMachine): Work => ({
    definition: definition('job', `${name}@1.0.0/${of}`, machine),
    instructions: '',
    tools: ['note'],
  })
  return {
    kind,
    name,
    role,
    version: '1.0.0',
    owner: 'eve',
    duty: definition('colleague', `${name}@1.0.0`, standardDuty),
    concurrency: 100_000,
    tools: ['note'],
    model: null,
    accepts: Object.fromEntries(Object.entries(jobs).map(([of, machine]) => [of, work(of, machine)])),
  }
}

const inbox = { approval: approvalJob, notice: approvalJob } as unknown as Readonly<Record<string, AnyStateMachine>>
const works = { echo, fail, never, note } as unknown as Readonly<Record<string, AnyStateMachine>>

/** How many tasks of the playbook `few` are under way at once. */
export const fewAtOnce = 8

const atOnce: Readonly<Record<string, number>> = { few: fewAtOnce, alone: 1 }

/** The team with which a coordinator is tested: a speaker, two people who approve, and a playbook for each kind of state. */
export const coordinatorTeam: Team = {
  name: 'contract',
  digest: sha256('contract'),
  colleagues: {
    echo: colleague('agent', 'echo', 'speaker', works),
    pat: colleague('person', 'pat', 'editor', inbox),
    eve: colleague('person', 'eve', 'chief', inbox),
  },
  playbooks: Object.fromEntries(
    coordinatorPlaybooks.map((code) => {
      const [name = ''] = code.id.split('@')
      const whole: Definition = { ...code, kind: 'playbook', digest: sha256(code.id) }
      const limited = atOnce[name]
      const queue = limited === undefined ? {} : { atOnce: limited }
      return [name, { name, version: '1.0.0', owner: 'eve', definition: whole, ...queue }]
    }),
  ),
  tools: {
    note: {
      name: 'note',
      version: '1.0.0',
      digest: sha256('note'),
      owner: 'eve',
      input: anything,
      output: anything,
      description: 'Writes a note.',
      consequential: false,
      idempotent: true,
      place: 'host',
      integrity: 'trusted',
      run: () => Promise.reject(new TypeError('the contract plays its tools itself')),
    },
  },
  configuration: null,
}

/** Allows everything but tasks of a requester who is called `stranger`. */
export const coordinatorPolicy: Policy = {
  digest: sha256('everything'),
  decide: ({ principal, action }) => {
    const allowed = !(action === 'publish' && principal.name === 'stranger')
    const policySet = sha256('everything')
    return {
      allowed,
      policies: ['everything'],
      policySet,
      reason: allowed ? 'everything permits it' : 'it is a stranger',
    }
  },
}

/** What a note costs, in millionths of a US dollar. */
export const noteMicroUsd = 250

/** Plays the tool, and counts under which keys it was called. */
export class CountedNotes implements EffectRunner {
  readonly keys: string[] = []
  /** What was noted, once for each key: a call that is made again notes nothing. */
  readonly noted: Json[] = []

  run({ key, input }: EffectCall): Promise<EffectAnswer> {
    if (!this.keys.includes(key)) this.noted.push(input)
    this.keys.push(key)
    const used = { ...nothing, ...amounts({ toolCalls: 1, costMicroUsd: noteMicroUsd }) }
    return Promise.resolve({ result: { kind: 'done', output: input, label: trusted }, used, place: 'host' })
  }
}

/** Signatures as the contract writes them. */
export const coordinatorSignatures = {
  sign: (key: string, text: string): string => sha256(`${key} signs ${text}`),
  verify: (key: string, text: string, signature: string): boolean => signature === sha256(`${key} signs ${text}`),
  keysOf: (person: string): readonly string[] => [`key of ${person}`],
}
