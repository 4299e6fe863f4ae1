import type { Diagnosis } from 'roster/distributed'

import { folderOf } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { settingsFor } from './up-settings.ts'
import { healthOf, readUp } from './up-state.ts'

export const doctor = (world: World, ended: Ended) =>
  verb(world, ended, {
    usage: 'doctor',
    summary: 'look at the servers, the streams and the processes of a team over the servers',
    examples: ['doctor', 'doctor --json'],
    notes: 'It changes nothing. Ends with 4 if something is not as it should be.',
    async run(call) {
      const { diagnose } = await import('roster/distributed')
      const settings = await settingsFor(call)
      const { team } = await call.team()
      const diagnosis = await call.during('Looking', () => diagnose(team as Parameters<typeof diagnose>[0], settings))
      const started = await readUp(folderOf(call.world, call.options))
      const members = await Promise.all(
        started.map(async (member) => ({
          name: member.name,
          pid: member.pid,
          health: (await healthOf(member)) ?? null,
        })),
      )
      const ok =
        diagnosis.store.ok &&
        diagnosis.bus.ok &&
        diagnosis.bus.streams.every(({ exists, differs }) => exists && differs.length === 0) &&
        members.every(({ health }) => health?.['status'] === 'ok')
      call.answer.whole({ ok, ...diagnosis, members }, () =>
        [
          ...storeLines(diagnosis.store),
          ...busLines(diagnosis.bus),
          ...members.map(
            ({ name, pid, health }) =>
              `${name}  process ${pid}  ${health === null ? 'does not answer' : JSON.stringify(health)}`,
          ),
        ].join('\n'),
      )
      return ok ? exitCode.ok : exitCode.unverified
    },
  })

function storeLines(store: Diagnosis['store']): readonly string[] {
  if (!store.ok) return [`PostgreSQL  ${store.failure.code}: ${store.failure.message}`]
  const { records, waiting, oldestMs, deepest } = store
  return [
    `PostgreSQL  ${records} records, ${waiting} messages waiting, the oldest for ${Math.round(oldestMs / 1000)} s`,
    ...deepest.map(({ stream, messages }) => `  ${stream}  ${messages} waiting`),
  ]
}

function busLines(bus: Diagnosis['bus']): readonly string[] {
  if (!bus.ok) return [`NATS  ${bus.failure.code}: ${bus.failure.message}`]
  return [
    'NATS  answers',
    ...bus.streams.map(
      ({ name, exists, retention, replicas, maxBytes, maxMessages, maxAgeMs, messages, consumers, differs }) => {
        const limits = `${retention}, ${replicas} replicas, ${maxBytes} bytes, ${maxMessages} messages, ${maxAgeMs / 1000} s`
        if (!exists) return `  ${name}  is missing: it is made by the next process that starts`
        const difference = differs.length === 0 ? '' : `, differs in ${differs.join(', ')}`
        return `  ${name}  ${limits}; holds ${messages} messages, ${consumers} consumers${difference}`
      },
    ),
  ]
}
