import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/** What a run of the desk is told. */
export interface DeskOptions {
  /** Whether the people are played by the script also where somebody could be asked. */
  readonly yes: boolean
  readonly json: boolean
  readonly fresh: boolean
  readonly folder: string
  /** How often the scripted model is wrong, from 0 to 1; null where nobody asked for mistakes. */
  readonly modelErrors: number | null
  readonly seed: number
  readonly help: boolean
  /** Paths of further documents. */
  readonly documents: readonly string[]
}

const known = {
  yes: { type: 'boolean', short: 'y', default: false },
  json: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
  folder: { type: 'string', default: '.roster' },
  'model-errors': { type: 'string' },
  seed: { type: 'string', default: '1' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** Reads the command line. @throws UsageError naming the option and what it takes. */
export function readOptions(args: readonly string[]): DeskOptions {
  const { values, positionals } = parsed(args)
  const { yes, json, fresh, folder, seed, help } = values
  const errors = values['model-errors']
  const modelErrors = errors === undefined ? null : number(errors, '--model-errors', 'a share from 0 to 1, such as 0.1')
  if (modelErrors !== null && modelErrors > 1) throw wrong('--model-errors', errors, 'a share from 0 to 1, such as 0.1')
  const documents = positionals
  return { yes, json, fresh, folder, modelErrors, seed: number(seed, '--seed', 'a whole number'), help, documents }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error), 'see --help')
  }
}

function number(text: string, option: string, takes: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw wrong(option, text, takes)
  return value
}

function wrong(option: string, given: string | undefined, takes: string): UsageError {
  return new UsageError(`${option} got "${given}"`, `it takes ${takes}`)
}
