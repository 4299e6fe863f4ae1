import type { Body, Envelope } from '@roster/core'

import type { talked } from '../stage.ts'

/** The record of what a tool answered, by the place in which it ran. */
export async function recordOf({ operations }: Awaited<ReturnType<typeof talked>>['run'], place: string) {
  const { records } = await operations.export({})
  const parsed = records.map(({ envelope, body }) => ({
    envelope: JSON.parse(envelope) as Envelope,
    body: JSON.parse(body ?? 'null') as Body | null,
  }))
  const found = parsed.find(({ envelope }) => envelope.where.place === place)
  if (found === undefined) throw new Error(`no record says ${place}`)
  return found
}
