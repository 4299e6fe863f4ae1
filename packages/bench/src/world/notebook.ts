import { cedarPolicy, type CedarPolicy } from '@roster/cedar'
import { streamName, type Colleague, type Json, type Message, type Team } from '@roster/core'
import { assign, setup } from 'xstate'

import { definition } from './definition.ts'
import { sha256 } from './system.ts'
import { textOf } from './text.ts'

/** What a step does to the document in an actor's context. `brought`: the new text comes with the message instead of being computed. */
export type Rewriting = 'kept' | 'same' | 'new' | 'brought'

interface Note {
  readonly count: number
  readonly last: number
  readonly document: string
}

interface Next {
  readonly type: 'next'
  readonly payload: { readonly number: number; readonly document?: string }
}

/** An actor that takes one message after another, and holds a document of so many bytes. */
export function notebookMachine(bytes: number, rewriting: Rewriting) {
  const documentAfter: Record<Rewriting, (note: Note, next: Next) => string> = {
    kept: ({ document }) => document,
    // The same characters in another string, as when a model writes a document again and changes nothing.
    same: ({ document }) => JSON.parse(JSON.stringify(document)) as string,
    new: (_, { payload }) => textOf(bytes, payload.number),
    brought: ({ document }, { payload }) => payload.document ?? document,
  }
  return setup({ types: { context: {} as Note, events: {} as Next } }).createMachine({
    id: 'notebook',
    context: { count: 0, last: 0, document: textOf(bytes, 1) },
    initial: 'open',
    states: {
      open: {
        on: {
          next: {
            actions: assign(({ context, event }) => ({
              count: context.count + 1,
              last: event.payload.number,
              document: documentAfter[rewriting](context, event),
            })),
          },
        },
      },
    },
  })
}

/** A team of notebooks. */
export function notebookTeam(count: number, bytes: number, rewriting: Rewriting): Team {
  const machine = notebookMachine(bytes, rewriting)
  const notebook = (name: string): Colleague => ({
    kind: 'agent',
    name,
    version: '1.0.0',
    role: 'notebook',
    owner: 'nobody',
    duty: definition('colleague', `${name}@1.0.0`, machine),
    concurrency: 1,
    accepts: {},
    tools: [],
    model: null,
  })
  const names = Array.from({ length: count }, (_, index) => `notebook-${index}`)
  return {
    name: 'bench',
    digest: sha256(`notebooks ${rewriting}`),
    colleagues: Object.fromEntries(names.map((name) => [name, notebook(name)])),
    playbooks: {},
    tools: {},
    configuration: {},
  }
}

/** Clients may send notes. */
export function notebookPolicy(team: Team): CedarPolicy {
  const text =
    '@id("clients-send-notes") permit (principal is Client, action == Action::"send", resource is Colleague) when { context.kind == "next" };'
  const shape = {
    name: team.name,
    colleagues: Object.values(team.colleagues),
    tools: [],
    playbooks: [],
    models: [],
    kinds: ['next'],
  }
  return cedarPolicy({ team: shape, policies: [{ file: 'bench.cedar', text }] })
}

/** A note for a notebook, from a client. */
export function note(team: Team, name: string, number: number, payload: Json): Message {
  const id = sha256(`${name} ${number}`).slice(0, 26)
  const client = streamName.client('bench')
  return {
    id,
    type: 'next',
    sender: client,
    to: streamName.agent(team.name, name),
    correlationId: id,
    causationId: id,
    at: 1_767_225_600_000,
    label: { integrity: 'trusted', sources: [] },
    payload,
  }
}
