import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { obtainProgram } from '../../src/program/obtain-program.ts'
import { obtaining } from '../../src/program/obtaining.ts'
import { temporalProgram } from '../../src/program/temporal-program.ts'

/** The command line of Temporal. */
export async function findOrObtain(): Promise<string> {
  return (await obtainProgram(temporalProgram, obtaining())).path
}

/** What it prints. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { encoding: 'utf8' })
  return stdout
}
