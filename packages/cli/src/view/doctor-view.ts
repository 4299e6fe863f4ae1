import type { Diagnosis } from 'roster/distributed'

import type { Paint } from '../terminal/paint.ts'
import { columns } from '../terminal/columns.ts'
import { safeText } from '../terminal/safe-text.ts'
import { counted, duration } from './units.ts'

/** A process of the team, and what it says of itself; `null` where it does not answer. */
export interface MemberHealth {
  readonly name: string
  readonly pid: number
  readonly health: Readonly<Record<string, unknown>> | null
}

/** How the servers and the processes of a team are. */
export function doctorText(
  { store, bus, coordination }: Diagnosis,
  members: readonly MemberHealth[],
  paint: Paint,
): string {
  const texts = [storeText(store, paint), busText(bus, paint), coordinationText(coordination, paint)]
  return [...texts, membersText(members, paint)].join('\n\n')
}

function storeText(store: Diagnosis['store'], paint: Paint): string {
  const title = paint.strong('PostgreSQL')
  if (!store.ok) return `${title}  ${paint.bad(`${store.failure.code}: ${safeText(store.failure.message)}`)}`
  const { records, waiting, oldestMs, deepest, full } = store
  const oldest = waiting === 0 ? '' : `, the oldest for ${duration(oldestMs)}`
  const rows = deepest.map((one) => [
    `  ${safeText(one.stream)}`,
    `${one.messages} waiting, the oldest for ${duration(one.oldestMs)}`,
    full.some(({ stream }) => stream === one.stream) ? paint.bad('full: more is refused') : '',
  ])
  const line = `${title}  ${counted(records, 'record')}, ${counted(waiting, 'message')} waiting${oldest}`
  return rows.length === 0 ? line : `${line}\n${columns(rows)}`
}

function busText(bus: Diagnosis['bus'], paint: Paint): string {
  const title = paint.strong('NATS')
  if (!bus.ok) return `${title}  ${paint.bad(`${bus.failure.code}: ${safeText(bus.failure.message)}`)}`
  const identity =
    bus.identity === 'own'
      ? 'everybody has a credential of their own'
      : paint.notable('everybody has the same credential: roster keys init makes their own')
  const header = ['  STREAM', 'RETENTION', 'REPLICAS', 'AT MOST', 'AND', 'FOR', 'HOLDS', 'CONSUMERS'].map(paint.quiet)
  const rows = bus.streams.map((stream) => [
    `  ${stream.name}`,
    stream.retention === 'workqueue' ? 'until acknowledged' : stream.retention,
    String(stream.replicas),
    bytes(stream.maxBytes),
    counted(stream.maxMessages, 'message'),
    duration(stream.maxAgeMs),
    stream.exists ? `${counted(stream.messages, 'message')}, ${bytes(stream.bytes)}` : paint.bad('missing'),
    String(stream.consumers),
    ...(stream.differs.length === 0 ? [] : [paint.bad(`differs in ${stream.differs.join(', ')}`)]),
  ])
  return `${title}  answers; ${identity}\n${columns([header, ...rows])}`
}

function coordinationText(coordination: Diagnosis['coordination'], paint: Paint): string {
  if (coordination.tasks === 'hosts') return `${paint.strong('Tasks')}  are driven by the hosts`
  const title = paint.strong('Temporal')
  if ('failure' in coordination)
    return `${title}  ${paint.bad(`${coordination.failure.code}: ${safeText(coordination.failure.message)}`)}`
  const { address, missing, waiting } = coordination
  return [
    `${title}  answers at ${safeText(address)}, and drives the tasks`,
    ...missing.map((name) => `  ${paint.bad(`lacks ${name}`)}: the next coordinator that starts adds it`),
    ...waiting.map(
      (one) =>
        `  ${safeText(one.stream)}  ${paint.bad(`waits for ${safeText(one.playbook)}`)}, which the team does not have`,
    ),
  ].join('\n')
}

function membersText(members: readonly MemberHealth[], paint: Paint): string {
  if (members.length === 0) return 'No process of the team was started here with roster up.'
  return columns(
    members.map(({ name, pid, health }) => [paint.strong(name), `process ${pid}`, healthText(health, paint)]),
  )
}

function healthText(health: MemberHealth['health'], paint: Paint): string {
  if (health === null) return paint.bad('does not answer')
  const status = String(health['status'])
  const facts = Object.entries((health['facts'] ?? {}) as Readonly<Record<string, unknown>>)
  const said = status === 'ok' ? paint.good(status) : paint.bad(status)
  return [said, ...facts.map(([name, value]) => `${safeText(name)} ${safeText(String(value))}`)].join(', ')
}

function bytes(count: number): string {
  if (count < 1024) return `${count} B`
  const [size, unit] =
    count < 1024 ** 2
      ? [count / 1024, 'KiB']
      : count < 1024 ** 3
        ? [count / 1024 ** 2, 'MiB']
        : [count / 1024 ** 3, 'GiB']
  return `${Number(size.toFixed(1))} ${unit}`
}
