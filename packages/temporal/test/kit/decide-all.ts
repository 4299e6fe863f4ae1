import { streamName } from '@roster/core'
import type { CoordinatorStage } from '@roster/testing'

/** Has a person approve everything that is asked of them, `count` pieces: each is waited for until it is taken. */
export async function decideAll(stage: CoordinatorStage, person: string, count: number): Promise<void> {
  const jobs = `${streamName.person('contract', person)}/job/`
  const asked = async (): Promise<number> =>
    (await stage.world.store.heads()).filter(
      ({ stream, final, version }) => stream.startsWith(jobs) && !final && version > 0,
    ).length
  for (let left = count; left > 0; left--) {
    await stage.until(async () => (await asked()) === left || undefined)
    await stage.decide(person, 'approved')
    await stage.until(async () => (await asked()) < left || undefined)
  }
}
