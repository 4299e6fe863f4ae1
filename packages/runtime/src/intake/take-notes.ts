import { isNote, streamName } from '@roster/core'

import { Actors } from '../host/actors.ts'
import { Attempts } from '../host/attempts.ts'
import type { Ground } from '../host/ground.ts'
import { handle } from '../host/handle.ts'
import { itemOf } from '../host/item.ts'
import type { HostOptions, TransitionPorts } from '../host/ports.ts'

/** How often it is tried again to store a note that others were faster than. */
const maxRounds = 20

/**
 * Takes what people have decided about the team itself, without hosting anybody: nothing else that is pending is touched, and no effect
 * runs. Where a host is at work, whoever is first takes it; the version of the stream is the fence.
 */
export async function takeTeamNotes(
  ports: TransitionPorts,
  options: Pick<HostOptions, 'name' | 'build'>,
): Promise<void> {
  const { store, team } = ports
  const stream = streamName.team(team.name)
  const actors = new Actors(ports, options)
  const ground = groundOf(ports, options, actors)
  for (let rounds = 0; rounds < maxRounds; rounds++) {
    const row = (await store.pendingOf(stream)).find(({ kind, type }) => kind === 'message' && isNote(type))
    if (row === undefined) return
    const handled = await handle(ground, await actors.get(stream, undefined), itemOf(row))
    if (handled === 'again') actors.forget(stream)
  }
}

// oxlint-disable-next-line max-params -- on what, as whom, and with what in memory
function groundOf(ports: TransitionPorts, options: HostOptions, actors: Actors): Ground {
  return {
    ports,
    options,
    actors,
    attempts: new Attempts(ports.store),
    token: '',
    fenceOf: () => null,
    renew: () => Promise.resolve(),
    load: () => 0,
    overflows: () => false,
    keep: async ({ next }) => await actors.keep(next),
    withdraw: () => {},
    deliver: () => {},
    observe: (observation) => ports.observe?.(observation),
  }
}
