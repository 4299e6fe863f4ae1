import { parseStream, type ActorState, type Definition, type Recorded } from '@roster/core'
import type { SearchAttributeUpdatePair } from '@temporalio/common'
import { upsertSearchAttributes, workflowInfo, type ContinueAsNewOptions } from '@temporalio/workflow'

import { attributes, keyword, keywords } from '../attributes.ts'

/**
 * What can be seen of a task without asking it: its search attributes.
 *
 * V1 They follow from the records and from nothing else, and are told when they change: at most once a record.
 * V2 Nothing is decided by them. Who may see them is Temporal's matter, so they hold names and keys, never contents.
 */
export class Visibility {
  #about: readonly string[]
  #waitingOn: readonly string[]

  constructor() {
    const { typedSearchAttributes: told } = workflowInfo()
    this.#about = told.get(attributes.about) ?? []
    this.#waitingOn = told.get(attributes.waitingOn) ?? []
  }

  /** What the next run takes over. */
  get carried(): Pick<ContinueAsNewOptions, 'typedSearchAttributes'> {
    return { typedSearchAttributes: workflowInfo().typedSearchAttributes }
  }

  /** Tells what can be seen of a state that others came to. */
  see(state: ActorState | null, { about }: Pick<Definition, 'about'>): void {
    const known = state === null || state.machine.value === null ? [] : (about?.(state.machine.context as never) ?? [])
    tell([...this.#waits(peopleOf(state)), ...this.#isAbout(known)])
  }

  /** Tells what a record changes: whom it waits for, what it is about, how it ended and what it cost. */
  follow({ about = [], outcome }: Pick<Recorded, 'about' | 'outcome'>, state: ActorState | null, cost = 0): void {
    const ended: SearchAttributeUpdatePair[] =
      outcome === undefined
        ? []
        : [
            { key: attributes.outcome, value: keyword(outcome.status) },
            { key: attributes.cost, value: cost },
          ]
    tell([...this.#waits(outcome === undefined ? peopleOf(state) : []), ...this.#isAbout(about), ...ended])
  }

  #waits(people: readonly string[]): readonly SearchAttributeUpdatePair[] {
    if (same(people, this.#waitingOn)) return []
    this.#waitingOn = people
    return [{ key: attributes.waitingOn, value: people.length === 0 ? null : [...people] }]
  }

  #isAbout(more: readonly string[]): readonly SearchAttributeUpdatePair[] {
    const about = keywords([...this.#about, ...more])
    if (same(about, this.#about)) return []
    this.#about = about
    return [{ key: attributes.about, value: about }]
  }
}

function tell(changes: readonly SearchAttributeUpdatePair[]): void {
  if (changes.length > 0) upsertSearchAttributes([...changes])
}

/** Names of the people whose answers a state waits for. */
function peopleOf(state: ActorState | null): readonly string[] {
  const asked = Object.values(state?.open ?? {}).flatMap(({ to }) => (to === undefined ? [] : [parseStream(to)]))
  return keywords(asked.filter(({ kind }) => kind === 'person').map(({ name }) => name)).toSorted()
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index])
}
