import type { JsMsg } from '@nats-io/jetstream'
import { failureOf, type Bus, type Delivery, type Subscription } from '@roster/core'

import type { ObserveBus } from '../observation.ts'
import { Consuming, type ConsumePorts } from '../jetstream/consume.ts'
import { streamNames } from '../jetstream/streams.ts'
import { mailboxFilters } from '../subject.ts'
import { decodeMail } from '../wire/envelope.ts'
import type { Publisher } from './publisher.ts'

/** How mail is carried. */
export interface MailOptions {
  /** How long a message may stay unacknowledged before it comes again, in milliseconds. @defaultValue 30000 */
  readonly acknowledgeWithinMs?: number
  /** How many messages of one partition may be unacknowledged before nothing more comes for it. @defaultValue 5000 */
  readonly maxUnacknowledged?: number
}

/** The bus on JetStream: one consumer a partition, shared by whoever listens for it. */
export function natsBus(publisher: Publisher, ports: ConsumePorts, options: MailOptions = {}): Bus {
  const { acknowledgeWithinMs = 30_000, maxUnacknowledged = 5000 } = options
  return {
    publish: (sendings) => publisher.publish(sendings),
    async subscribe(partition, take): Promise<Subscription> {
      const consumer = {
        stream: streamNames.mailbox,
        name: `partition-${partition}`,
        filters: mailboxFilters(partition),
        acknowledgeWithinMs,
        maxUnacknowledged,
      }
      return await Consuming.begin(ports, consumer, (message) => handOver(message, partition, take, ports.observe))
    },
  }
}

// oxlint-disable-next-line max-params -- one message on its way, passed on once
function handOver(
  message: JsMsg,
  partition: number,
  take: (delivery: Delivery) => void,
  observe: ObserveBus | undefined,
): void {
  const { subject } = message
  let delivery: Delivery
  try {
    delivery = { row: decodeMail(subject, message.data, partition), acknowledge: () => acknowledge(message) }
  } catch (error) {
    observe?.({ kind: 'bus-malformed', subject, failure: failureOf(error, 'input-invalid') })
    quietly(() => message.term('malformed'))
    return
  }
  try {
    take(delivery)
  } catch (error) {
    observe?.({ kind: 'bus-listener-failed', subject, failure: failureOf(error, 'internal') })
  }
}

function acknowledge(message: JsMsg): void {
  quietly(() => message.ack())
}

/** Without a connection nothing can be acknowledged: it comes again, and its row says that it was handled. */
function quietly(send: () => void): void {
  try {
    send()
  } catch {
    // See above.
  }
}
