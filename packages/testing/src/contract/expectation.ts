import { isRosterError, validate, type ErrorCode, type Schema } from '@roster/core'

/** One thing that a consumer expects: what it gives, and what must come of it. */
export type Expectation = {
  readonly given: unknown
} & (
  | {
      /** What the answer must fit, or must satisfy: a function that throws, or answers `false`, when it does not. */
      readonly answers: Schema | ((answer: never) => unknown)
    }
  | {
      /** The code with which it must be refused. */
      readonly refuses: ErrorCode
    }
)

/** A tool as its author holds it. */
interface ProvidedTool {
  readonly name: string
  readonly options: {
    readonly input: Schema
    readonly output: Schema
    readonly run: (input: never, context: never) => unknown
  }
}

/** Whatever answers: a tool, or a way to ask a colleague (in a rehearsal, say). */
export type Provider = ProvidedTool | ((given: unknown) => Promise<unknown>)

/** In words: how what a provider gives falls short of what is expected; `null` when it does not. */
export async function shortfallOf(provider: Provider, expectation: Expectation): Promise<string | null> {
  const outcome = await asked(provider, expectation.given)
  if ('refuses' in expectation) {
    const { refuses } = expectation
    if ('answer' in outcome) return `it answered ${JSON.stringify(outcome.answer)} instead of refusing as ${refuses}`
    return outcome.refused === refuses ? null : `it was refused as ${outcome.refused}, not as ${refuses}`
  }
  if (!('answer' in outcome)) return `it was refused as ${outcome.refused}: ${outcome.message}`
  return await misfitOf(outcome.answer, expectation.answers)
}

async function misfitOf(answer: unknown, wanted: Schema | ((answer: never) => unknown)): Promise<string | null> {
  // Schemas of some libraries are functions too.
  if ('~standard' in wanted) {
    const fits = validate(wanted, answer, 'output-invalid', 'the answer')
    return fits.ok ? null : fits.failure.message
  }
  const says = `it answered ${JSON.stringify(answer)}, which is not what is expected`
  try {
    return (await wanted(answer as never)) === false ? says : null
  } catch (error) {
    return `${says}: ${error instanceof Error ? error.message : String(error)}`
  }
}

type Asked = { readonly answer: unknown } | { readonly refused: string; readonly message: string }

async function asked(provider: Provider, given: unknown): Promise<Asked> {
  try {
    return typeof provider === 'function' ? { answer: await provider(given) } : await called(provider, given)
  } catch (error) {
    const code = isRosterError(error) ? error.code : 'tool-failed'
    return { refused: code, message: error instanceof Error ? error.message : String(error) }
  }
}

async function called({ name, options }: ProvidedTool, given: unknown): Promise<Asked> {
  const input = validate(options.input, given, 'input-invalid', `the input of ${name}`)
  if (!input.ok) return { refused: input.failure.code, message: input.failure.message }
  const context = { signal: new AbortController().signal, idempotencyKey: 'contract', task: 'contract', secrets: {} }
  const document = (): Promise<undefined> => Promise.resolve(undefined)
  const answer = await options.run(input.value as never, { ...context, document } as never)
  const output = validate(options.output, answer, 'output-invalid', `the output of ${name}`)
  return output.ok ? { answer: output.value } : { refused: output.failure.code, message: output.failure.message }
}
