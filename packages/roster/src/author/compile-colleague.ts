import {
  amounts,
  approvalJob,
  defaultLimits,
  RosterError,
  standardDuty,
  standardJob,
  type Amounts,
  type Colleague,
  type Demotion,
  type Json,
  type Limits,
  type Work,
} from '@roster/core'

import type { ModelStep } from '@roster/skills'

import type { ColleagueLimits, ColleagueOf, WorkOptions } from './colleague.ts'
import { compileDefinition } from './compile.ts'
import { durationMs } from './duration.ts'
import type { Person } from './person.ts'
import { windowOf } from './window.ts'
import { assertName } from './versioned-name.ts'

// oxlint-disable-next-line complexity -- each is one part that an author may leave out
export function compileColleague({ name, version, options }: ColleagueOf): Colleague {
  const { owner, role, model, tools = [], concurrency = 4, accepts, duty = standardDuty } = options
  const id = `${name}@${version}`
  const toolNames = tools.map((tool) => tool.name)
  const limits = limitsOf(options.limits ?? {}, model)
  const window = windowOf(options.window, name)
  const autonomy = options.autonomy === undefined ? {} : { autonomy: options.autonomy }
  const fallbacks = model?.fallbacks === undefined ? {} : { fallbacks: model.fallbacks }
  return {
    kind: 'agent',
    name,
    version,
    role,
    owner: owner.name,
    concurrency,
    tools: toolNames,
    model: model?.name ?? null,
    ...fallbacks,
    ...autonomy,
    ...window,
    duty: compileDefinition({
      kind: 'colleague',
      id,
      machine: duty,
      limits,
      ...demotionOf(options),
      extra: {
        concurrency,
        role,
        tools: toolNames,
        ...autonomy,
        ...(window as { readonly [part: string]: Json }),
      },
    }),
    accepts: Object.fromEntries(
      Object.entries(accepts).map(([kind, work]) => [
        assertName(kind),
        compileWork(kind, work, { id, limits, tools: toolNames, thinks: model !== undefined }),
      ]),
    ),
  }
}

function demotionOf({ demote, autonomy }: ColleagueOf['options']): { readonly demotion?: Demotion } {
  if (demote === undefined) return {}
  const { afterFailures: failures, to } = demote
  return { demotion: { failures, to, ...(autonomy === undefined ? {} : { from: autonomy }) } }
}

/** A person accepts requests for approval, and notices of what nobody else takes; the version of a person is fixed, their job is the inbox. */
export function compilePerson({ name, role, owner }: Person): Colleague {
  const id = `${name}@1.0.0`
  const none = { ...defaultLimits, budget: amounts({}) }
  const inboxWork = (kind: string): Work => ({
    definition: compileDefinition({ kind: 'job', id: `${id}/${kind}`, machine: approvalJob, limits: none }),
    instructions: '',
    tools: [],
  })
  // A person's inbox has no bound of its own: the mailbox's depth is the bound.
  const concurrency = 1_000_000
  return {
    kind: 'person',
    name,
    version: '1.0.0',
    role,
    owner,
    concurrency,
    tools: [],
    model: null,
    duty: compileDefinition({ kind: 'colleague', id, machine: standardDuty, limits: none, extra: { role } }),
    accepts: { approval: inboxWork('approval'), notice: inboxWork('notice') },
  }
}

/** Whose work it is. */
interface Doer {
  readonly id: string
  readonly limits: Limits
  readonly tools: readonly string[]
  /** Whether it has a model. */
  readonly thinks: boolean
}

function compileWork(kind: string, work: WorkOptions, { id, limits, tools, thinks }: Doer): Work {
  const { input, output, instructions = '', machine, rounds } = work
  if (machine === undefined && !thinks) {
    throw new RosterError('definition-invalid', `${id} has neither a model nor a machine for "${kind}"`, {
      path: `accepts.${kind}`,
      hint: 'Give the colleague a model, or this kind of work a machine.',
    })
  }
  const definition = compileDefinition({
    kind: 'job',
    id: `${id}/${kind}`,
    machine: machine ?? standardJob,
    input,
    output,
    limits: { ...limits, ...boundsOf(machine, rounds, limits) },
    extra: { instructions, tools },
  })
  return { definition, instructions, tools }
}

/**
 * The standard job goes round for each call that its model asks for. Those that are denied use up nothing of its budget, so they have a
 * bound of their own: twice as many calls as it may make, and one for each time that it thinks.
 */
function boundsOf(
  machine: WorkOptions['machine'],
  rounds: WorkOptions['rounds'],
  { budget }: Limits,
): Pick<Limits, 'rounds'> {
  if (machine === undefined) return { rounds: { using: Math.max(1, 2 * budget.toolCalls + budget.modelCalls) } }
  return rounds === undefined ? {} : { rounds }
}

function limitsOf(
  { steps, call, effectTimeout, repeats = 5, fanOut, ...rest }: ColleagueLimits,
  model: ModelStep | undefined,
): Limits {
  const budget = { ...defaultLimits.budget, ...given({ ...rest, modelCalls: steps }) }
  const most = { ...defaultLimits.call, ...given(call ?? {}) }
  return {
    budget,
    repeats,
    ...(fanOut === undefined ? {} : { fanOut }),
    // One call cannot use more than all calls together.
    call: {
      ...most,
      modelCalls: Math.min(
        Math.max(model?.mostCalls ?? most.modelCalls, most.modelCalls),
        Math.max(budget.modelCalls, most.modelCalls),
      ),
      costMicroUsd: Math.min(most.costMicroUsd, budget.costMicroUsd),
      tokens: Math.min(most.tokens, budget.tokens),
    },
    effectTimeoutMs: effectTimeout === undefined ? defaultLimits.effectTimeoutMs : durationMs(effectTimeout),
  }
}

/** What was given; what was left out, or given as `undefined`, has its default. */
function given(values: Readonly<Partial<Record<keyof Amounts, number | undefined>>>): Partial<Amounts> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
