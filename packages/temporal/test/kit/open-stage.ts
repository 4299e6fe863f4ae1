import { CoordinatorStage, type CoordinatorParts } from '@roster/testing'

import { openTemporal, type TemporalWorld, type TemporalWorldParts } from './temporal-world.ts'

/** A stage of the contract, and the world on Temporal that it stands on. */
export interface OpenedStage {
  readonly stage: CoordinatorStage
  readonly world: TemporalWorld
}

/** Opens a stage of the contract on Temporal. */
export async function openStage(
  parts: Omit<TemporalWorldParts, keyof CoordinatorParts> & Pick<Partial<CoordinatorParts>, 'crash' | 'team'>,
): Promise<OpenedStage> {
  let world: TemporalWorld | undefined
  const stage = await CoordinatorStage.open(async (given) => (world = await openTemporal({ ...given, ...parts })))
  if (world === undefined) throw new Error('nothing was opened')
  return { stage, world }
}
