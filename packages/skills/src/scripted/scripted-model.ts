import { failureOf } from '@roster/core'

import type { Attempt } from '../model/attempt.ts'
import type { ModelStep, ThinkRequest } from '../model/model-step.ts'
import { stoppedBy, timedOut } from '../model/stopped.ts'
import { thinkWithRepair } from '../model/think-with-repair.ts'
import type { Usage } from '../model/usage.ts'
import { mistakeIn, type Mistake, type Mistakes, type OwnMistake } from './mistake.ts'
import { ToolCalls, type Said, type Script } from './script.ts'
import { waitFor } from './wait-for.ts'

export interface ScriptedOptions<Kind extends string = never> {
  readonly answers: Script
  /** @defaultValue none: it is always right */
  readonly errors?: Mistakes<Kind>
  /** What each call is said to cost, in millionths of a US dollar. @defaultValue 400 */
  readonly priceMicroUsd?: number
  /** What each call is said to use. @defaultValue 600 */
  readonly tokens?: number
  /** How long it keeps the asker waiting before a late step ends as `timeout`, in milliseconds, unless the signal ends it first. @defaultValue 20 */
  readonly lateMs?: number
  /** How it waits; virtual in tests. @defaultValue real time */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** A model that says what its script says, and that it is one. */
export interface ScriptedModel extends ModelStep {
  readonly name: 'scripted'
  /** What it was asked so far, in this process. */
  tally(): Tally
}

export interface Tally {
  /** Steps; a repaired one is one. */
  readonly steps: number
  /** Steps that it got wrong on purpose, by kind. */
  readonly mistakes: Readonly<Record<string, number>>
}

/**
 * A model without a model: deterministic, offline, and as unreliable as it is told to be. What it says goes through the same checks as
 * what a real one says, and costs fixed amounts. A script that throws is a model that fails.
 */
export function scriptedModel<Kind extends string = never>(options: ScriptedOptions<Kind>): ScriptedModel {
  const { answers, errors, priceMicroUsd = 400, tokens = 600, lateMs = 20, wait = waitFor } = options
  const usage: Usage = { costMicroUsd: priceMicroUsd, tokens, modelCalls: 1 }
  const mistakes = new Map<string, number>()
  let steps = 0
  return {
    name: 'scripted',
    tally: () => ({
      steps,
      mistakes: Object.fromEntries([...mistakes].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    }),
    think(request, { signal, told }) {
      if (!signal.aborted) steps++
      const right = sayTo(request, answers)
      if (told !== undefined && !(right instanceof Error) && !(right instanceof ToolCalls)) told(JSON.stringify(right))
      const mistake = errors === undefined ? undefined : mistakeIn(right, request, errors)
      if (mistake !== undefined && !signal.aborted) mistakes.set(mistake.kind, (mistakes.get(mistake.kind) ?? 0) + 1)
      return thinkWithRepair(request, { signal }, async () => {
        if (mistake?.kind === 'late') await wait(lateMs, signal)
        return { ...attemptOf(right, mistake, request, signal), usage }
      })
    },
  }
}

function sayTo(request: ThinkRequest, answers: Script): Said {
  try {
    return answers(request)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

type Unpriced = Attempt extends infer A ? (A extends Attempt ? Omit<A, 'usage'> : never) : never

function attemptOf(right: Said, mistake: Mistake | undefined, request: ThinkRequest, signal: AbortSignal): Unpriced {
  if (mistake === undefined) return said(right, request)
  return mistake.said === undefined ? ownMistake(mistake.kind, signal) : said(mistake.said, request)
}

function ownMistake(kind: OwnMistake, signal: AbortSignal): Unpriced {
  switch (kind) {
    case 'malformed':
      return { kind: 'malformed', raw: '{"answer": ', problem: 'the answer is not JSON (scripted)' }
    case 'late':
      return { kind: 'failed', failure: signal.aborted ? stoppedBy(signal) : timedOut, retryable: false }
    case 'refused':
      return {
        kind: 'failed',
        failure: { code: 'model-refused', message: 'the model refused to answer (scripted)' },
        retryable: false,
      }
  }
}

function said(words: Said, { conversation }: ThinkRequest): Unpriced {
  if (words instanceof Error) return { kind: 'failed', failure: failureOf(words, 'model-failed'), retryable: false }
  if (!(words instanceof ToolCalls)) return { kind: 'value', value: words }
  return {
    kind: 'calls',
    calls: words.calls.map(({ tool, input }, index) => ({ id: `call-${conversation.length}-${index}`, tool, input })),
  }
}
