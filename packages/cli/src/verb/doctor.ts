import { folderOf } from '../command/call.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { doctorText } from '../view/doctor-view.ts'
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
        diagnosis.store.full.length === 0 &&
        diagnosis.bus.ok &&
        diagnosis.coordination.ok &&
        members.every(({ health }) => drives(health) === diagnosis.coordination.tasks) &&
        diagnosis.bus.streams.every(({ exists, differs }) => exists && differs.length === 0) &&
        members.every(({ health }) => health?.['status'] === 'ok')
      call.answer.whole({ ok, ...diagnosis, members }, (paint) => doctorText(diagnosis, members, paint))
      return ok ? exitCode.ok : exitCode.unverified
    },
  })

/** Who drives tasks, as a process says it: all must say the same. */
function drives(health: Readonly<Record<string, unknown>> | null): unknown {
  return (health?.['facts'] as Readonly<Record<string, unknown>> | undefined)?.['tasks']
}
