import { RosterError, type Envelope, type Failure } from '@roster/core'
import { order, type Order } from '@roster/runtime'

import type { Ordered } from '../client/trust-operations.ts'
import type { OperationsContext } from './context.ts'

/** How long an order waits for its record, in milliseconds. */
const patienceMs = 15_000

/** Brings an order and waits for its record, whatever else is under way. */
export async function ordered(context: OperationsContext, given: Order): Promise<Ordered> {
  const { store, clock } = context
  const before = (await store.head(given.to))?.version ?? 0
  const { id } = await order(context.intake, given)
  const until = clock.now() + patienceMs
  for (;;) {
    const records = await store.read(given.to, { from: before + 1 })
    const found = records.find((record) => (JSON.parse(record.envelope) as Envelope).cause.id === id)
    if (found !== undefined) {
      if (found.kind === 'noted') return { record: found.id, stream: given.to, version: found.version }
      throw refusalOf((JSON.parse(found.body ?? '{}') as { readonly error?: Failure }).error, found.id)
    }
    if (clock.now() >= until)
      throw new RosterError('timeout', `nobody has taken the order to ${given.to}`, {
        path: given.to,
        hint: 'It is pending and takes effect as soon as a host works for the team; `roster log` shows it then.',
      })
    await Promise.race([context.changed(Math.max(1, until - clock.now())), context.host.idle()])
  }
}

function refusalOf(failure: Failure | undefined, record: string): RosterError {
  const {
    code = 'denied',
    message = 'the order was refused',
    hint = 'Look at its record with `roster why`.',
  } = failure ?? {}
  return new RosterError(code as 'denied', message, { path: record, hint })
}
