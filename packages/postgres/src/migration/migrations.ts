import type { Migration } from 'kysely/migration'
import * as tables from './0001-tables.ts'
import * as partitions from './0002-partitions.ts'
import * as append from './0003-append.ts'
import * as pending from './0004-pending.ts'
import * as ownership from './0005-ownership.ts'
import * as caches from './0006-caches.ts'
import * as projections from './0007-projections.ts'
import * as roles from './0008-roles.ts'
import * as revocations from './0009-revocations.ts'
import * as queue from './0010-queue.ts'
import * as queueOrder from './0011-queue-order.ts'

/** Every migration by name, in order. One that was released is never changed again. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-tables': tables,
  '0002-partitions': partitions,
  '0003-append': append,
  '0004-pending': pending,
  '0005-ownership': ownership,
  '0006-caches': caches,
  '0007-projections': projections,
  '0008-roles': roles,
  '0009-revocations': revocations,
  '0010-queue': queue,
  '0011-queue-order': queueOrder,
}
