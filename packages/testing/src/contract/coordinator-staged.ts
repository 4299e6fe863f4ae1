import { afterAll, beforeAll } from 'vitest'

import type { OpenCoordinator } from './coordinated.ts'
import { CoordinatorStage } from './coordinator-stage.ts'

/** A stage for all tests of a group: opened before the first, closed after the last. */
export function staged(open: OpenCoordinator): () => CoordinatorStage {
  let stage: CoordinatorStage | undefined
  beforeAll(async () => {
    stage = await CoordinatorStage.open(open)
  }, 120_000)
  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]()
  }, 60_000)
  return () => {
    if (stage === undefined) throw new Error('the stage is not open')
    return stage
  }
}
