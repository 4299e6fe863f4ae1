import { modelFromEnvironment, type ModelStep } from 'roster/model'
import { scriptedClerk } from './model/scripted-clerk.ts'

const { ROSTER_MODEL_ERRORS: errors, ROSTER_MODEL_SEED: seed = '1' } = process.env

/** The model of the clerk: a real one with a key in the environment; else, or where mistakes are asked for, a script, which says that it is one. */
export const model: ModelStep =
  (errors === undefined ? modelFromEnvironment(process.env) : undefined) ??
  scriptedClerk({ errors: Number(errors ?? '0'), seed: Number(seed) })
