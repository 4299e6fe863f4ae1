import { trusted, type Store } from '@roster/core'
import { cancel, deploy, publish, Reconciler, Relay, type IntakePorts } from '@roster/runtime'

import { sha256 } from '../id/sha256.ts'
import type { Surroundings } from './actor-host.ts'
import { countedIds } from './counted-ids.ts'
import type { Life } from './life.ts'
import { busOf } from './network.ts'
import { team, type Order } from './team.ts'

/** What clients bring. */
export type Wish = { readonly settle: Order } | { readonly cancel: string }

/** Where clients bring their orders. */
export const intakeSubject = 'intake'

/** How often the reconciler runs, in milliseconds. */
const reconcileEveryMs = 12_000

/** Starts the coordinator: what comes from outside comes through its intake, and what nobody else drives its reconciler drives. */
export async function startCoordinator(life: Life, store: Store, { clock, network }: Surroundings): Promise<void> {
  const bus = busOf(network, life)
  const relay = new Relay({ store, bus, clock }, { resendAfterMs: 4000, mine: () => false })
  const ids = countedIds(life.name)
  const intake: IntakePorts = { store, team, clock, ids, sha256, deliver: (rows) => relay.publish(rows) }
  const reconciler = new Reconciler({ store, bus, clock }, { resendAfterMs: 4000 })
  await deploy(intake, { by: 'simulation', message: '', difference: null, contents: null })
  network.listen<Wish>(intakeSubject, life, ({ cargo, acknowledge }) => {
    // What could not be accepted is not acknowledged: it comes again.
    accept(intake, cargo).then(acknowledge, () => {})
  })
  const reconcile = (): void => {
    const later = (): void => life.alarm.set('reconcile', clock.now() + reconcileEveryMs, reconcile)
    reconciler.run().then(later, later)
  }
  reconcile()
}

/** Accepts what a client brings; answers the task. */
async function accept(intake: IntakePorts, wish: Wish): Promise<string> {
  if ('cancel' in wish) {
    await cancel(intake, wish.cancel, 'somebody')
    return wish.cancel
  }
  const { settle } = wish
  // What a simulated client says is trusted: what the tools need beside it is no concern of a simulation.
  const { task } = await publish(intake, {
    label: trusted,
    playbook: 'settle',
    input: settle,
    requester: 'somebody',
    idempotencyKey: settle.order,
  })
  return task
}
