import type { TeamOf } from '../author/team.ts'
import type { Settings } from '../distributed/settings.ts'
import type { OpenTaskDriver } from './task-driver.ts'

/** Whether Temporal drives a team's tasks: an address is configured, and the team says what is bundled. All its processes must agree. */
export function isCoordinated({ workflows }: TeamOf, { temporalAddress }: Pick<Settings, 'temporalAddress'>): boolean {
  return workflows !== undefined && temporalAddress !== undefined
}

/** What drives a team's tasks; `undefined` where hosts do. Temporal's libraries are loaded only where they are used: they are large. */
export async function driverOf(
  { workflows }: TeamOf,
  { temporalAddress: address, temporalNamespace: namespace }: Pick<Settings, 'temporalAddress' | 'temporalNamespace'>,
): Promise<OpenTaskDriver | undefined> {
  if (workflows === undefined || address === undefined) return undefined
  const { temporalDriver } = await import('./temporal-driver.ts')
  const { file, inert = [] } = workflows
  return temporalDriver({ address, workflows: file, inert, ...(namespace === undefined ? {} : { namespace }) })
}
