import { orderText, own, RosterError, type Envelope, type Failure, type JsonObject } from '@roster/core'
import { order, type Order } from '@roster/runtime'

import type { Ordered } from '../client/trust-operations.ts'
import type { OperationsContext } from './context.ts'

/** How long an order waits for its record, in milliseconds. */
const patienceMs = 15_000

/** An order as it is asked for, before it is signed. */
type Asked = Omit<Order, 'key' | 'payload'> & { readonly payload: JsonObject }

/** Brings an order, signed with the key of the person who orders, and waits for its record, whatever else is under way. */
export async function ordered(context: OperationsContext, given: Asked): Promise<Ordered> {
  const { store, clock } = context
  const before = (await store.head(given.to))?.version ?? 0
  const { id } = await order(context.intake, signedOrder(context, given))
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

/** Whoever is no person of the team has no key to sign with; what they may order, policies say. */
function signedOrder({ team, keys, clock, intake }: OperationsContext, given: Asked): Order {
  const id = intake.ids.id()
  const { by: person, payload } = given
  if (own(team.colleagues, person)?.kind !== 'person') return { ...given, key: id }
  const unsigned = { id, person, at: clock.now(), key: keys.publicKey(person) }
  const signed = { ...unsigned, signature: keys.sign(person, orderText(given, unsigned)) }
  return { ...given, key: id, payload: { ...payload, signed } }
}

function refusalOf(failure: Failure | undefined, record: string): RosterError {
  const {
    code = 'denied',
    message = 'the order was refused',
    hint = 'Look at its record with `roster why`.',
  } = failure ?? {}
  return new RosterError(code as 'denied', message, { path: record, hint })
}
