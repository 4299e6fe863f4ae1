import { amounts, nothing, trusted, type Failure, type Json, type ThinkInput } from '@roster/core'
import type { EffectAnswer, EffectCall, EffectRunner } from '../../src/index.ts'

/** What an effect comes to: its output, or a failure. */
export type Script = (call: EffectCall) => Json | { readonly failure: Failure } | Promise<Json>

/** Models and tools as the tests play them, with a journal of every call. */
export class ScriptedEffects implements EffectRunner {
  readonly calls: EffectCall[] = []
  readonly #scripts: Record<string, Script> = {
    think,
    lookup: ({ input }) => input,
    pay: ({ input, key }) => ({ ...(input as object), receipt: key }),
  }

  /** Plays a tool, or `think`, by another script. */
  play(name: string, script: Script): void {
    this.#scripts[name] = script
  }

  /** Keys under which a tool was called, in order. */
  keys(name: string): readonly string[] {
    return this.calls.filter((call) => call.name === name).map(({ key }) => key)
  }

  async run(call: EffectCall): Promise<EffectAnswer> {
    this.calls.push(call)
    const output = await this.#scripts[call.name]?.(call)
    const used =
      call.skill === 'think' ? amounts({ modelCalls: 1, tokens: 100, costMicroUsd: 10 }) : amounts({ toolCalls: 1 })
    if (output === undefined) return failed({ code: 'tool-failed', message: `nobody plays ${call.name}` })
    if (isFailed(output)) return failed(output.failure)
    return { result: { kind: 'done', output, label: trusted }, used, place: 'host' }
  }
}

/** Looks up what it is asked about, and answers with what it found. */
function think({ input }: EffectCall): Json {
  const { input: asked, conversation } = input as unknown as ThinkInput
  const found = conversation.findLast((turn) => turn.role === 'tool')
  if (found === undefined) return { kind: 'calls', calls: [{ id: 'c1', tool: 'lookup', input: asked }] }
  return { kind: 'answer', output: found.output ?? { error: (found.error as Failure).code } }
}

function failed(error: Failure): EffectAnswer {
  return { result: { kind: 'failed', error, label: trusted }, used: nothing, place: 'host' }
}

function isFailed(output: Json | { readonly failure: Failure }): output is { readonly failure: Failure } {
  return typeof output === 'object' && output !== null && 'failure' in output
}
