import { canonical, defaultLimits, defaultTaskLimits, type Failure, type Json, type Team } from '@roster/core'

import type { TeamOf } from '../author/team.ts'
import type { Check } from '../client/operations.ts'
import type { Permissions } from '../client/trust-operations.ts'
import type { Gap } from './gap.ts'

/** Gaps that the team's own definitions and policies show. */
export function designGaps(team: TeamOf, check: Check, permissions: Permissions | undefined): readonly Gap[] {
  return [
    ...check.problems.map(problemGap),
    ...limitGaps(team),
    ...windowGaps(team),
    ...modelGaps(team),
    ...alertGaps(team),
    ...(permissions === undefined ? [] : grantGaps(team, permissions)),
  ]
}

function problemGap({ code, message, path = '', hint }: Failure): Gap {
  const [says = message] = message.split('\n')
  const mend = hint === undefined ? 'roster check' : `roster check; ${hint}`
  return { code: 'check-failed', what: path === '' ? code : path, says: `${code}: ${says}`, mend }
}

function limitGaps({ colleagues, playbooks }: Team): readonly Gap[] {
  const agents = Object.values(colleagues).filter(({ kind }) => kind === 'agent')
  const limited = [
    ...agents.map(({ name, duty }) => ({
      name,
      is: duty.limits.budget,
      otherwise: defaultLimits.budget,
      of: 'colleague',
    })),
    ...Object.values(playbooks).map(({ name, definition }) => ({
      name,
      is: definition.limits.budget,
      otherwise: defaultTaskLimits.budget,
      of: 'playbook',
    })),
  ]
  return limited.flatMap(({ name, is, otherwise, of }) =>
    canonical(is as unknown as Json) === canonical(otherwise as unknown as Json)
      ? [
          {
            code: 'limits-default',
            what: `${of}/${name}`,
            says: `${name} has the limits of whoever says nothing: ${is.costMicroUsd} micro-USD, ${is.tokens} tokens`,
            mend: `${of}('${name}@…', { limits: { costMicroUsd: …, tokens: … } }); roster check prints them`,
          } as const,
        ]
      : [],
  )
}

function windowGaps({ name, window }: Team): readonly Gap[] {
  if (window !== undefined) return []
  return [
    {
      code: 'window-missing',
      what: `team/${name}`,
      says: 'each task is bounded, and how much many tasks spend together is not',
      mend: `team('${name}', { window: { per: '1 day', costMicroUsd: … } })`,
    },
  ]
}

function modelGaps({ models }: TeamOf): readonly Gap[] {
  return Object.entries(models).flatMap(([name, model]) =>
    model.fallbacks === undefined || model.fallbacks.length === 0
      ? [
          {
            code: 'model-alone',
            what: `colleague/${name}`,
            says: `${name} thinks with ${model.name} and with nothing else`,
            mend: `colleague('${name}@…', { model: fallbackModels([…, …]) })`,
          } as const,
        ]
      : [],
  )
}

function alertGaps({ source, colleagues, playbooks }: TeamOf): readonly Gap[] {
  const silent = source.playbooks
    .filter(({ options }) => options.success === undefined)
    .map(({ name, options }): Gap => ({
      code: 'alert-none',
      what: `playbook/${name}`,
      says: `nobody hears of it when ${name} fails more often than it should; ${options.owner.name} only of single failures`,
      mend: `playbook('${name}@…', { success: { atLeast: 0.9, within: '7 days' } })`,
    }))
  const owners = new Set(
    [...Object.values(colleagues).filter(({ kind }) => kind === 'agent'), ...Object.values(playbooks)].map(
      ({ owner }) => owner,
    ),
  )
  const alone = [...owners].filter((owner) => colleagues[owner]?.owner === owner)
  return [
    ...silent,
    ...alone.map((owner): Gap => ({
      code: 'alert-single',
      what: `person/${owner}`,
      says: `what reaches ${owner} reaches nobody else: ${owner} is their own owner`,
      mend: `person('${owner}', { role: …, owner: <whoever stands in> })`,
    })),
  ]
}

function grantGaps({ name: team, colleagues }: Team, { rows, unused }: Permissions): readonly Gap[] {
  const stoppable = new Set(
    rows.filter(({ action, answer }) => action === 'stop' && answer !== 'no').map(({ what }) => what),
  )
  const agents = Object.values(colleagues).filter(({ kind }) => kind === 'agent')
  const unstoppable = stoppable.has(team) ? [] : agents.filter(({ name }) => !stoppable.has(name))
  return [
    ...unused.map(({ who, what }): Gap => ({
      code: 'grant-unused',
      what: `${who} ${what}`,
      says: `${who} is granted ${what}, and nothing of theirs uses it`,
      mend: `take it out of the policies; roster can ${who} use ${what} names the one that grants it`,
    })),
    ...unstoppable.map(({ name }): Gap => ({
      code: 'stop-nobody',
      what: `colleague/${name}`,
      says: `no person may stop ${name}, nor the team`,
      mend: `grant Action::"stop" in a policy file; roster can <person> stop ${name} says what it takes`,
    })),
  ]
}
