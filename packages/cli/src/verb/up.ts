import { randomBytes } from 'node:crypto'

import { folderOf, type Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { CommandError } from '../failure/command-error.ts'
import { exitCode, type ExitCode } from '../failure/exit-code.ts'
import { findTeam } from '../team/find-team.ts'
import { ensureIdentity, type BusIdentity } from './up-identity.ts'
import { endMembers, startMember } from './up-member.ts'
import { countOf, memberEnvironment, settingsFor } from './up-settings.ts'
import { isRunning, readUp, removeUp, writeUp, type UpMember } from './up-state.ts'

interface Options {
  readonly hosts?: string
  readonly detach?: boolean
  readonly production?: boolean
}

export const up = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'up',
    summary: 'put the team to work over PostgreSQL and NATS: a coordinator and hosts, each a process',
    examples: ['up', 'up --detach --hosts 3', 'up --production'],
    options: [
      option('--hosts <count>', 'how many hosts (default: 2)'),
      option(
        '--production',
        'refuse a team for which nobody has signed (`roster ready --sign`), or to whose changes an owner has not agreed',
      ),
      option('--detach', 'go on in the background, until roster down'),
    ],
    notes:
      'It needs DATABASE_URL and NATS_URL, or the servers of `roster servers up`. Other commands in the same folder talk to the coordinator.\n' +
      'Without --detach an interrupt ends everything cleanly.',
    run: putUp,
  })

async function putUp(call: Call<Options>): Promise<ExitCode> {
  const { world, options, answer } = call
  const folder = folderOf(world, options)
  await refuseTwice(folder)
  const hosts = countOf(options.hosts ?? '2')
  const team = findTeam({ cwd: world.cwd, env: world.env, named: options.team })
  // What is missing is said before anything is started.
  await settingsFor({ ...call, options: { ...options, hosts: `${hosts}` } })
  const identity = await ensureIdentity(call)
  const production = options.production === true ? { ROSTER_PRODUCTION: '1' } : {}
  const env = { ...(await memberEnvironment(call)), ...production }
  // Names that no earlier run had: records tell them apart.
  const suffix = randomBytes(3).toString('hex')
  const start = { folder, team, hosts, env }
  const members: UpMember[] = []
  try {
    // The coordinator makes the keys and loads the team: hosts come after it.
    members.push(
      await call.during('Starting the coordinator', () =>
        startMember({ ...start, role: 'coordinator', name: `coordinator-${suffix}` }),
      ),
    )
    await writeUp(folder, members)
    const names = Array.from({ length: hosts }, (_, index) => `host-${index + 1}-${suffix}`)
    const started = await call.during(`Starting ${hosts} hosts`, () =>
      Promise.allSettled(names.map((name) => startMember({ ...start, role: 'host', name }))),
    )
    for (const one of started) if (one.status === 'fulfilled') members.push(one.value)
    await writeUp(folder, members)
    for (const one of started) if (one.status === 'rejected') throw one.reason
  } catch (error) {
    await endMembers(members)
    await removeUp(folder)
    throw error
  }
  answer.line({ type: 'ready', folder, detached: options.detach === true, identity, members }, () =>
    members.map(({ name, pid, log }) => `${name}  process ${pid}  ${log}`).join('\n'),
  )
  answer.note(`\n${identityText[identity]}`)
  if (options.detach === true) {
    answer.note('At work. Stop with: roster down. In this folder: roster task publish, roster inbox, roster who.')
    return exitCode.ok
  }
  answer.note('At work. Stop with Ctrl-C.')
  await new Promise<void>((resolve) => {
    if (world.signal.aborted) resolve()
    // A signal alone keeps no process alive.
    const alive = setInterval(() => {}, 60_000)
    world.signal.addEventListener('abort', () => (clearInterval(alive), resolve()), { once: true })
  })
  await endMembers(members)
  await removeUp(folder)
  answer.note('Stopped. What was under way goes on at the next start.')
  return exitCode.ok
}

const identityText: Readonly<Record<BusIdentity, string>> = {
  own: 'Each colleague is on the bus under its own credential: roster keys show.',
  shared:
    'Everybody is on the bus under the same credential, and NATS proves nothing: roster keys init makes their own.',
}

async function refuseTwice(folder: string): Promise<void> {
  for (const member of await readUp(folder)) {
    if (!(await isRunning(member))) continue
    throw new CommandError('store-locked', `the team is up already: ${member.name} is process ${member.pid}`, {
      path: folder,
      hint: 'Stop it with `roster down`, or start one more host with `roster host`.',
    })
  }
}
