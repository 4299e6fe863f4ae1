import {
  amounts,
  approvalJob,
  defaultLimits,
  RosterError,
  standardDuty,
  standardJob,
  type Colleague,
  type Json,
  type Limits,
  type Work,
} from '@roster/core'

import type { ColleagueLimits, ColleagueOf, WorkOptions } from './colleague.ts'
import { compileDefinition } from './compile.ts'
import { durationMs } from './duration.ts'
import type { Person } from './person.ts'
import { assertName } from './versioned-name.ts'

export function compileColleague({ name, version, options }: ColleagueOf): Colleague {
  const { owner, role, model, tools = [], concurrency = 4, accepts, duty = standardDuty } = options
  const id = `${name}@${version}`
  const toolNames = tools.map((tool) => tool.name)
  const limits = limitsOf(options.limits ?? {})
  return {
    kind: 'agent',
    name,
    version,
    role,
    owner: owner.name,
    concurrency,
    tools: toolNames,
    model: model?.name ?? null,
    duty: compileDefinition({
      kind: 'colleague',
      id,
      machine: duty,
      limits,
      extra: { concurrency, role, tools: toolNames },
    }),
    accepts: Object.fromEntries(
      Object.entries(accepts).map(([kind, work]) => [
        assertName(kind),
        compileWork(id, kind, work, limits, toolNames, model !== undefined),
      ]),
    ),
  }
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

// oxlint-disable-next-line max-params -- the parts of one definition
function compileWork(
  id: string,
  kind: string,
  work: WorkOptions,
  limits: Limits,
  tools: readonly string[],
  thinks: boolean,
): Work {
  const { input, output, instructions = '', machine } = work
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
    limits,
    extra: { instructions, tools } as Json,
  })
  return { definition, instructions, tools }
}

function limitsOf({ steps, toolCalls, costMicroUsd, tokens, call, effectTimeout }: ColleagueLimits): Limits {
  const { budget } = defaultLimits
  return {
    budget: {
      costMicroUsd: costMicroUsd ?? budget.costMicroUsd,
      tokens: tokens ?? budget.tokens,
      modelCalls: steps ?? budget.modelCalls,
      toolCalls: toolCalls ?? budget.toolCalls,
    },
    call: {
      ...defaultLimits.call,
      costMicroUsd: Math.min(
        call?.costMicroUsd ?? defaultLimits.call.costMicroUsd,
        costMicroUsd ?? budget.costMicroUsd,
      ),
      tokens: Math.min(call?.tokens ?? defaultLimits.call.tokens, tokens ?? budget.tokens),
    },
    effectTimeoutMs: effectTimeout === undefined ? defaultLimits.effectTimeoutMs : durationMs(effectTimeout),
  }
}
