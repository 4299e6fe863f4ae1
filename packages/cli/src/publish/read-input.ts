import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

import type { Json } from 'roster'

import { usageError } from '../failure/command-error.ts'

type JsonObject = { readonly [key: string]: Json }

/** Where an input can come from. */
export interface InputSources {
  readonly cwd: string
  readonly stdin: Readable
}

const hint = 'Give JSON, @ and the path of a file with JSON, or - to read it from standard input.'

/** The value of --input: JSON, `@file`, or `-` for standard input. */
export async function readInput(given: string, { cwd, stdin }: InputSources): Promise<Json> {
  const json =
    given === '-'
      ? await text(stdin)
      : given.startsWith('@')
        ? await contentsOf(resolve(cwd, given.slice(1)), given.slice(1))
        : given
  try {
    return JSON.parse(json) as Json
  } catch (error) {
    throw usageError(
      `the input is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      '--input',
      hint,
    )
  }
}

async function contentsOf(path: string, named: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw usageError(`${named} cannot be read`, '--input', hint)
  }
}

/** The input of a task that has a document: its reference beside what else was given. */
export function withDocument(input: Json | undefined, document: Json): Json {
  if (input === undefined) return { document }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw usageError(
      'beside --file the input must be a JSON object',
      '--input',
      'The reference to the document is put into it as "document".',
    )
  }
  return { ...(input as JsonObject), document }
}
