import {
  colleagueOf,
  failureOf,
  joinLabels,
  nothing,
  trusted,
  validate,
  type BlobStore,
  type Json,
  type Label,
  type ThinkInput,
  type Tool,
  type Work,
} from '@roster/core'
import type { EffectAnswer, EffectCall, EffectRunner } from '@roster/runtime'
import { jsonSchemaOf, type ThinkOutcome, type ThinkRequest } from '@roster/skills'

import type { TeamOf } from '../author/team.ts'
import type { ToolContext } from '../author/tool.ts'
import { edgeOf } from '../place/edge.ts'
import type { Places } from '../place/placed.ts'
import { kept, promptText } from './prompts.ts'

/** Runs what a team's actors ask for: its models and its tools, each within its contract. */
export function effectRunner(team: TeamOf, blobs: BlobStore, places: Places): EffectRunner {
  return { run: (call) => (call.skill === 'think' ? think(team, call, blobs) : use(team, call, { blobs, places })) }
}

async function think(team: TeamOf, call: EffectCall, blobs: BlobStore): Promise<EffectAnswer> {
  const colleague = colleagueOf(team, call.stream)
  const model = colleague === undefined ? undefined : team.models[colleague.name]
  const work = colleague?.accepts[call.kind]
  if (model === undefined || work === undefined)
    return failed({ code: 'model-failed', message: `${colleague?.name ?? call.stream} has no model` })
  const request = requestOf(team, work, call)
  const prompt = await kept(blobs, promptText(request))
  const outcome = await model.think(request, { signal: call.signal, key: call.key, told: call.told })
  const used = { ...nothing, ...outcome.usage }
  const raw = outcome.kind === 'answer' && outcome.raw !== undefined ? { raw: outcome.raw } : {}
  return {
    result: resultOf(outcome),
    used,
    place: 'host',
    evidence: { model: outcome.by ?? model.name, prompt, ...tried(outcome), ...raw },
  }
}

/** Which models did not answer before the one that did: their words are not a record's, their codes are. */
function tried({ tried: before }: ThinkOutcome): { readonly tried?: Json } {
  return before === undefined ? {} : { tried: before.map(({ model, code }) => ({ model, code })) }
}

/** What a model says is as trustworthy as what it read: the job's own label already says that. */
function resultOf(outcome: ThinkOutcome): EffectAnswer['result'] {
  if (outcome.kind === 'failed') return { kind: 'failed', error: outcome.failure, label: trusted }
  const output =
    outcome.kind === 'answer'
      ? { kind: 'answer', output: outcome.output }
      : { kind: 'calls', calls: outcome.calls as unknown as Json }
  return { kind: 'done', output, label: trusted }
}

function requestOf(team: TeamOf, work: Work, call: EffectCall): ThinkRequest {
  const { input, conversation } = call.input as unknown as ThinkInput
  const contract = work.definition.output
  return {
    kind: call.kind,
    instructions: work.instructions,
    input,
    conversation,
    tools: work.tools.flatMap((name) => {
      const tool = team.tools[name]
      return tool === undefined ? [] : [{ name, description: tool.description, inputSchema: jsonSchemaOf(tool.input) }]
    }),
    output: {
      schema: contract === undefined ? {} : jsonSchemaOf(contract),
      validate: (value) =>
        contract === undefined
          ? { ok: true, value: value as Json }
          : validate(contract, value, 'output-invalid', 'the answer'),
    },
    maxOutputTokens: Math.floor(work.definition.limits.call.tokens / 4),
    most: work.definition.limits.call,
  }
}

/** What tools are given, and where they run. */
interface Surroundings {
  readonly blobs: BlobStore
  readonly places: Places
}

async function use(team: TeamOf, call: EffectCall, { blobs, places }: Surroundings): Promise<EffectAnswer> {
  const tool = team.tools[call.name]
  if (tool === undefined) return failed({ code: 'unknown-tool', message: `no tool "${call.name}" is in the team` })
  const input = validate(tool.input, call.input, 'input-invalid', `the input of ${tool.name}@${tool.version}`)
  if (!input.ok) return failed(input.failure)
  const edge = edgeOf(team, colleagueOf(team, call.stream)?.name, places)
  const context: Omit<ToolContext, 'secrets'> = {
    signal: call.signal,
    idempotencyKey: call.key,
    task: call.task,
    document: async (hash) => {
      const text = await blobs.getBlob(hash)
      return text === undefined ? undefined : new Uint8Array(Buffer.from(text, 'base64'))
    },
  }
  try {
    const output = validate(
      tool.output,
      await edge.run(tool, input.value, context),
      'output-invalid',
      `the output of ${tool.name}@${tool.version}`,
    )
    if (!output.ok) return { ...failed(output.failure, tool), ...edge.evidence() }
    return {
      result: { kind: 'done', output: output.value, label: labelOf(tool) },
      used: { ...nothing, toolCalls: 1 },
      place: tool.place,
      ...edge.evidence(),
    }
  } catch (error) {
    const failure = call.signal.aborted
      ? { code: 'timeout', message: `${tool.name} did not end in time` }
      : failureOf(error, 'tool-failed')
    return { ...failed(failure, tool), ...edge.evidence() }
  }
}

/** What a tool found is only as trustworthy as its contract says, also when it failed: errors carry text too. */
function labelOf({ integrity, name, readers }: Tool): Label {
  const own = { integrity, sources: [`tool/${name}`] }
  return joinLabels(trusted, readers === undefined ? own : { ...own, readers })
}

function failed(error: ReturnType<typeof failureOf>, tool?: Tool): EffectAnswer {
  const used = tool === undefined ? nothing : { ...nothing, toolCalls: 1 }
  return {
    result: { kind: 'failed', error, label: tool === undefined ? trusted : labelOf(tool) },
    used,
    place: tool?.place ?? 'host',
  }
}
