import type { ApprovalReply, Failure, JobInput, Json } from '@roster/core'
import { assign, setup, type AnyStateMachine } from 'xstate'

import { durationMs } from './duration.ts'
import type { Person } from './person.ts'
import { approve, ask } from './skills.ts'
import type { Steps, StepSpec } from './steps.ts'

interface Context {
  readonly task: string
  /** What each line is working on: the main one under `main`, a parallel branch under its own name. */
  readonly values: Readonly<Record<string, Json>>
  readonly failure: Failure | null
}

type States = Record<string, object>

/** Builds the ordinary XState machine that a line of steps stands for; it opens in any XState tool. */
export function buildMachine(name: string, owner: Person, line: Pick<Steps<never>, 'specs'>): AnyStateMachine {
  const actors: Record<string, ReturnType<typeof ask | typeof approve>> = {}
  const builder = new Builder(name, owner, actors)
  const states = builder.line(line.specs, 'main', '#done', [])
  const first = Object.keys(states)[0] ?? 'done'
  return setup({ types: { context: {} as Context }, actors: actors as never }).createMachine({
    id: name,
    context: ({ input }: { input: JobInput }) => ({ task: input.task, values: { main: input.input }, failure: null }),
    initial: first,
    output: ({ context }: { context: Context }) =>
      context.failure === null
        ? (context.values['main'] ?? null)
        : { status: context.failure.code === 'declined' ? 'refused' : 'failed', error: context.failure },
    states: { ...states, done: { id: 'done', type: 'final' }, ended: { id: 'ended', type: 'final' } },
  } as never) as unknown as AnyStateMachine
}

class Builder {
  readonly #name: string
  readonly #owner: Person
  readonly #actors: Record<string, unknown>
  #count = 0

  constructor(name: string, owner: Person, actors: Record<string, unknown>) {
    this.#name = name
    this.#owner = owner
    this.#actors = actors
  }

  /** The states of a line: each leads to the next, the last to `end`. */
  line(specs: readonly StepSpec[], slot: string, end: string, path: readonly string[]): States {
    const states: States = {}
    const names = specs.map((spec) => this.#nameOf(spec))
    specs.forEach((spec, index) => {
      const next = names[index + 1]
      Object.assign(
        states,
        this.#state(spec, names[index] ?? '', slot, next === undefined ? end : `#${this.#id(path, next)}`, path),
      )
    })
    return states
  }

  #state(spec: StepSpec, name: string, slot: string, next: string, path: readonly string[]): States {
    if (spec.kind === 'ask') return { [name]: this.#ask(spec, name, slot, next, path) }
    if (spec.kind === 'approve') return this.#approve(spec, name, slot, next, path)
    if (spec.kind === 'branch') return this.#branch(spec, name, slot, next, path)
    return { [name]: this.#parallel(spec, name, slot, next, path) }
  }

  #ask(
    { colleague, work }: Extract<StepSpec, { kind: 'ask' }>,
    name: string,
    slot: string,
    next: string,
    path: readonly string[],
  ): object {
    this.#actors[name] = ask(colleague, work)
    return {
      id: this.#id(path, name),
      invoke: {
        id: name,
        src: name,
        input: ({ context }: { context: Context }) => context.values[slot],
        onDone: {
          target: next,
          actions: assign(({ context, event }) => put(context as never, slot, event.output as Json)),
        },
        onError: failing(),
      },
    }
  }

  #approve(
    { person, within, otherwise }: Extract<StepSpec, { kind: 'approve' }>,
    name: string,
    slot: string,
    next: string,
    path: readonly string[],
  ): States {
    const escalated = `${name}-escalated`
    const late = { code: 'expired', message: `${person.name} did not decide within ${within}` }
    const target =
      otherwise === 'escalate'
        ? { target: `#${this.#id(path, escalated)}` }
        : { target: '#ended', actions: assign({ failure: late }) }
    const states: States = { [name]: this.#approval(person, name, slot, next, path, { [durationMs(within)]: target }) }
    if (otherwise === 'escalate') states[escalated] = this.#approval(this.#owner, escalated, slot, next, path, {})
    return states
  }

  // oxlint-disable-next-line max-params -- the parts of one state
  #approval(person: Person, name: string, slot: string, next: string, path: readonly string[], after: object): object {
    this.#actors[name] = approve(person, this.#name)
    return {
      id: this.#id(path, name),
      after,
      invoke: {
        id: name,
        src: name,
        input: ({ context }: { context: Context }) => ({
          arguments: context.values[slot],
          question: `May ${this.#name} go on with this?`,
        }),
        onDone: [
          {
            guard: function approved({ event }: { event: { output: ApprovalReply } }) {
              return event.output.decision === 'approved'
            },
            target: next,
          },
          {
            target: '#ended',
            actions: assign({
              failure: ({ event }) => declined((event as unknown as { output: ApprovalReply }).output),
            }),
          },
        ],
        onError: failing(),
      },
    }
  }

  #branch(
    { name: label, when, then, otherwise }: Extract<StepSpec, { kind: 'branch' }>,
    name: string,
    slot: string,
    next: string,
    path: readonly string[],
  ): States {
    const yes = this.line(then, slot, next, path)
    const no = this.line(otherwise, slot, next, path)
    const test = { [label]: ({ context }: { context: Context }) => when(context.values[slot] as never) }[label]
    const first = (states: States): string =>
      Object.keys(states)[0] === undefined ? next : `#${this.#id(path, Object.keys(states)[0] ?? '')}`
    return {
      [name]: { id: this.#id(path, name), always: [{ guard: test, target: first(yes) }, { target: first(no) }] },
      ...yes,
      ...no,
    }
  }

  #parallel(
    { branches }: Extract<StepSpec, { kind: 'parallel' }>,
    name: string,
    slot: string,
    next: string,
    path: readonly string[],
  ): object {
    const regions: States = {}
    for (const [branch, specs] of Object.entries(branches)) {
      const inner = [...path, name, branch]
      const states = this.line(specs, branch, `#${this.#id(inner, 'finished')}`, inner)
      regions[branch] = {
        initial: Object.keys(states)[0] ?? 'finished',
        states: { ...states, finished: { id: this.#id(inner, 'finished'), type: 'final' } },
      }
    }
    const names = Object.keys(branches)
    return {
      id: this.#id(path, name),
      type: 'parallel',
      entry: assign(({ context }) =>
        names.reduce(
          (known: object, branch) =>
            put(known as Context, branch, (context as unknown as Context).values[slot] ?? null),
          context,
        ),
      ),
      states: regions,
      onDone: {
        target: next,
        actions: assign(({ context }) =>
          put(
            context as never,
            slot,
            Object.fromEntries(names.map((branch) => [branch, (context as unknown as Context).values[branch] ?? null])),
          ),
        ),
      },
    }
  }

  #nameOf(spec: StepSpec): string {
    this.#count += 1
    const what = {
      ask: () => (spec as { work: string }).work,
      approve: () => `approval-by-${(spec as { person: Person }).person.name}`,
      branch: () => (spec as { name: string }).name,
      parallel: () => 'parallel',
    }
    return this.#count === 1 ? what[spec.kind]() : `${what[spec.kind]()}-${this.#count}`
  }

  #id(path: readonly string[], name: string): string {
    return [this.#name, ...path, name].join('/')
  }
}

function put(context: Context, slot: string, value: Json): Context {
  return { ...context, values: { ...context.values, [slot]: value } }
}

function failing(): object {
  return {
    target: '#ended',
    actions: assign({ failure: ({ event }) => (event as unknown as { error: Failure }).error }),
  }
}

/** How a decline is told: the person stands in the path. */
function declined({ person, reason }: ApprovalReply): Failure {
  return {
    code: 'declined',
    message: reason === '' ? `${person} declined` : `${person} declined: ${reason}`,
    path: `person/${person}`,
  }
}
