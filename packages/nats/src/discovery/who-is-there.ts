import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'
import { busError } from '../map-error.ts'

/** A host that answered. */
export interface Present {
  readonly id: string
  readonly metadata: Readonly<Record<string, string>>
}

/** How long answers are waited for, in milliseconds: after the last one, and in all. */
const stallMs = 150
const mostMs = 500

/** Asks which hosts there are. One that is paused, or cut off from the bus, does not answer. @throws RosterError `bus-unavailable` */
export async function whoIsThere(connections: Connections, as: Principal): Promise<readonly Present[]> {
  try {
    const connection = await connections.of(as)
    const answers = await connection.requestMany('$SRV.PING.roster-host', '', {
      strategy: 'stall',
      stall: stallMs,
      maxWait: mostMs,
    })
    const present = new Map<string, Present>()
    for await (const message of answers) {
      const one = message.json<Present>()
      present.set(one.id, one)
    }
    return [...present.values()]
  } catch (error) {
    throw busError(error, 'looking who is there')
  }
}
