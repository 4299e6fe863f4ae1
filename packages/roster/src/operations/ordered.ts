import { orderText, own, RosterError, type JsonObject } from '@roster/core'
import { order, type Order } from '@roster/runtime'

import type { Ordered } from '../client/trust-operations.ts'
import type { OperationsContext } from './context.ts'
import { recordOf, refusalOf } from './record-of.ts'

/** An order as it is asked for, before it is signed. */
type Asked = Omit<Order, 'key' | 'payload'> & { readonly payload: JsonObject }

/** Brings an order, signed with the key of the person who orders, and waits for its record, whatever else is under way. */
export async function ordered(context: OperationsContext, given: Asked): Promise<Ordered> {
  const after = (await context.store.head(given.to))?.version ?? 0
  const { id } = await order(context.intake, signedOrder(context, given))
  const found = await recordOf(context, { stream: given.to, id, after })
  if (found === undefined)
    throw new RosterError('timeout', `nobody has taken the order to ${given.to}`, {
      path: given.to,
      hint: 'It is pending and takes effect as soon as a host works for the team; `roster log` shows it then.',
    })
  if (found.kind !== 'noted') throw refusalOf(found)
  return { record: found.id, stream: given.to, version: found.version }
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
