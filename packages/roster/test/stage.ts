import { z } from 'zod'

import { colleague, person, playbook, team, tool, type TeamOf, type ToolOf } from '../src/index.ts'
import { callTools, scriptedModel, type ModelStep, type Script } from '../src/model.ts'
import { rehearse, type RehearsalOptions } from '../src/testing.ts'

/** Policies that allow whatever is asked: for tests of something else. */
export const allowAll = { 'all.cedar': '@id("everybody may do everything")\npermit (principal, action, resource);' }

export const boss = person('boss', { role: 'boss' })

export const Word = z.object({ word: z.string().max(1000) })

/** A model that asks for one tool call and answers with what came of it, as a word. */
export function calling(name: string, input: () => { readonly [key: string]: string | number }): ModelStep {
  const answers: Script = ({ conversation }) => {
    const last = conversation.at(-1)
    if (last?.role !== 'tool') return callTools({ tool: name, input: input() })
    const { output, error } = last as { output?: unknown; error?: { readonly code: string } }
    return { word: error === undefined ? JSON.stringify(output) : error.code }
  }
  return scriptedModel({ answers })
}

/** A tool over words; what is not given is harmless. */
export function wordTool<Name extends string>(
  name: Name,
  options: Partial<Parameters<typeof tool<`${Name}@1.0.0`, typeof Word, typeof Word>>[1]> = {},
) {
  return tool(`${name}@1.0.0` as const, {
    owner: boss,
    input: Word,
    output: Word,
    consequential: false,
    idempotent: true,
    run: ({ word }) => ({ word }),
    ...options,
  })
}

/** A team of one agent, who does `say` with a model and tools, and one playbook which asks for it. */
export function talkers(
  model: ModelStep,
  tools: readonly ToolOf[],
  { policies = allowAll, limits = {}, known = [] }: Partial<TalkerOptions> = {},
) {
  const talker = colleague('talker@1.0.0', {
    owner: boss,
    role: 'talker',
    model,
    tools,
    limits,
    accepts: { say: { input: Word, output: Word, instructions: 'Say it.' } },
  })
  const talk = playbook('talk@1.0.0', { owner: boss, input: Word, output: Word, about: wordOf }, (steps) =>
    steps.ask(talker, 'say'),
  )
  return team('talkers', { colleagues: [talker, boss], playbooks: [talk], tools: known, policies })
}

interface TalkerOptions {
  readonly policies: Readonly<Record<string, string>>
  readonly limits: NonNullable<Parameters<typeof colleague>[1]['limits']>
  readonly known: readonly ToolOf[]
}

function wordOf({ values }: { readonly values: { readonly main: z.infer<typeof Word> } }): readonly string[] {
  return [`word/${values.main.word}`]
}

/** Rehearses a team that has the playbook `talk`, with one task; answers the rehearsal and the task's end. */
export async function talked(played: ReturnType<typeof talkers>, options: RehearsalOptions = {}) {
  const run = await rehearse(played, options)
  const task = await run.publish('talk', { word: 'hello' })
  return { run, task, outcome: await task.outcome() }
}

/** All decisions that were no, with what was asked. */
export async function denials(run: { readonly operations: { log: Logged } }) {
  const records = await run.operations.log()
  return records.flatMap(({ envelope }) => envelope.decisions.filter(({ allowed }) => !allowed))
}

type Logged = Awaited<ReturnType<typeof rehearse<TeamOf>>>['operations']['log']
