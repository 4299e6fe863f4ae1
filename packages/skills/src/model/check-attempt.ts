import { assertJson, failureOf, type Json } from '@roster/core'

import { parseAnswer } from '../prompt/answer-format.ts'
import type { Attempt, Correction } from './attempt.ts'
import type { ThinkOutcome, ThinkRequest } from './model-step.ts'

/** An attempt as an outcome, or what must be corrected. Nothing that a model wrote gets past it unless the contract lets it. */
export function checkAttempt(attempt: Attempt, request: ThinkRequest): ThinkOutcome | Correction {
  const { usage } = attempt
  switch (attempt.kind) {
    case 'failed':
      return { kind: 'failed', failure: attempt.failure, retryable: attempt.retryable, usage }
    case 'malformed':
      return { raw: attempt.raw, problem: attempt.problem }
    case 'calls': {
      const problem = problemOfCalls(attempt, request)
      return problem === undefined
        ? { kind: 'calls', calls: attempt.calls, usage }
        : { raw: JSON.stringify(attempt.calls), problem }
    }
    case 'value': {
      const checked = checkValue(attempt.value, request)
      return 'problem' in checked
        ? { raw: JSON.stringify(attempt.value), problem: checked.problem }
        : { kind: 'answer', output: checked.output, usage }
    }
    case 'text': {
      const { text } = attempt
      const parsed = parseAnswer(text, request.output.schema)
      if ('problem' in parsed) return { raw: text, problem: parsed.problem }
      const checked = checkValue(parsed.value, request)
      return 'problem' in checked
        ? { raw: text, problem: checked.problem }
        : { kind: 'answer', output: checked.output, raw: text, usage }
    }
  }
}

function checkValue(value: unknown, { output }: ThinkRequest): { output: Json } | { problem: string } {
  const validated = output.validate(value)
  return validated.ok ? { output: validated.value } : { problem: validated.failure.message }
}

function problemOfCalls({ calls }: Attempt & { kind: 'calls' }, { tools }: ThinkRequest): string | undefined {
  if (calls.length === 0) return 'there is neither an answer nor a tool call'
  const names = tools.map((tool) => tool.name)
  const unknown = calls.find((call) => !names.includes(call.tool))
  if (unknown !== undefined)
    return `there is no tool ${unknown.tool}; there ${names.length === 0 ? 'are none' : `are: ${names.join(', ')}`}`
  return notJson(calls.map((call) => call.input))?.problem
}

function notJson(value: unknown): { problem: string } | undefined {
  try {
    assertJson(value)
    return undefined
  } catch (error) {
    return { problem: failureOf(error).message }
  }
}
