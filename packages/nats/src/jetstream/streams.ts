import { nanos } from '@nats-io/nats-core'
import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream'

import { allMail, allRecords, allTasks, mailboxTransform } from '../subject.ts'
import { maxEnvelopeBytes } from '../wire/envelope.ts'

/** What an operator decides about JetStream. */
export interface StreamOptions {
  /** Copies of each stream in a cluster: 1, 3 or 5. @defaultValue 1 */
  readonly replicas?: number
  /** Where streams are kept. Neither is the truth; memory is faster and forgets at each restart. @defaultValue 'file' */
  readonly storage?: 'file' | 'memory'
  /** The most that the mailbox stream takes, in bytes; beyond it the oldest goes, and its row is sent again. @defaultValue 1 GiB */
  readonly mailboxBytes?: number
}

/** Headers that a message may carry beside its envelope, in bytes. */
const headerBytes = 2048

const minute = 60_000
const gibibyte = 1024 ** 3

export type StreamSpec = Partial<StreamConfig> & { readonly name: string }

/** Names of the three streams. */
export const streamNames = { mailbox: 'ROSTER_MAILBOX', task: 'ROSTER_TASK', record: 'ROSTER_RECORD' } as const

/** The three JetStream streams, with everything that matters said and nothing left to the server's defaults. */
export function streamSpecs({
  replicas = 1,
  storage = 'file',
  mailboxBytes = gibibyte,
}: StreamOptions = {}): readonly StreamSpec[] {
  const common = {
    storage: storage === 'file' ? StorageType.File : StorageType.Memory,
    num_replicas: replicas,
    duplicate_window: nanos(2 * minute),
    max_msgs_per_subject: -1,
    max_consumers: -1,
    max_msg_size: maxEnvelopeBytes + headerBytes,
    allow_rollup_hdrs: false,
    deny_delete: false,
    deny_purge: false,
    allow_direct: false,
  }
  return [
    {
      ...common,
      name: streamNames.mailbox,
      description: 'Copies of pending messages on their way to the hosts of their recipients',
      subjects: [allMail],
      subject_transform: mailboxTransform,
      retention: RetentionPolicy.Workqueue,
      discard: DiscardPolicy.Old,
      max_age: nanos(60 * minute),
      max_bytes: mailboxBytes,
      max_msgs: 1_000_000,
    },
    {
      ...common,
      name: streamNames.task,
      description: 'Tasks from clients, until a coordinator has accepted or refused them',
      subjects: [allTasks],
      retention: RetentionPolicy.Workqueue,
      // A client is told that there is no room, and tries again.
      discard: DiscardPolicy.New,
      max_age: nanos(24 * 60 * minute),
      max_bytes: gibibyte,
      max_msgs: 1_000_000,
    },
    {
      ...common,
      name: streamNames.record,
      description: 'Envelopes of records, for whoever may follow what happens',
      subjects: [allRecords],
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: nanos(7 * 24 * 60 * minute),
      max_bytes: gibibyte,
      max_msgs: 10_000_000,
    },
  ]
}

/** How long JetStream may take to answer, in milliseconds. */
export const jetStreamTimeoutMs = 2000
