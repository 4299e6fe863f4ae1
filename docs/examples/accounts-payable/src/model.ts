import { modelFromEnvironment, type ModelStep } from 'roster/model'
import { scriptedClerk } from './model/scripted-clerk.ts'

const { ROSTER_MODEL_ERRORS: errors = '0', ROSTER_MODEL_SEED: seed = '1' } = process.env

/** The model of the clerk: a real one with a key in the environment, else a script, which says that it is one. */
export const model: ModelStep =
  modelFromEnvironment(process.env) ?? scriptedClerk({ errors: Number(errors), seed: Number(seed) })
