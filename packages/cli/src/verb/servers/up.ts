import { isAbsolute, resolve } from 'node:path'

import type { CloneSettings } from '@roster/servers'
import { InvalidArgumentError } from 'commander'

import type { Call } from '../../command/call.ts'
import { option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { interruption } from '../../team/interruptible.ts'
import { namedServers } from './named-servers.ts'
import { serversFolder } from './servers-folder.ts'
import { serversTable } from './servers-view.ts'

interface Options {
  readonly natsConfig?: string
  readonly natsSync?: 'always' | 'interval'
  readonly searchAttribute?: readonly string[]
}

const types = ['Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList']

export const serversUp = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'up [server...]',
    summary: 'start them, or some of them; they go on until `roster servers down`',
    examples: ['servers up', 'servers up nats --nats-config .roster/nats.conf', 'servers up --json'],
    options: [
      option(
        '--nats-config <file>',
        "configuration to append to that of NATS (an operator, accounts, limits); 'none' for none",
      ),
      option(
        '--nats-sync <when>',
        'when JetStream writes to the disk: before it acknowledges, or every two minutes',
      ).choices(['always', 'interval']),
      option(
        '--search-attribute <name=Type>',
        `a search attribute of Temporal; again for another (${types.join(', ')})`,
      ).argParser(searchAttribute),
    ],
    notes:
      'A program on the PATH or in its usual place is used if it is recent enough (PostgreSQL 15, NATS 2.11, Temporal CLI 1.5); else a pinned\n' +
      'version is downloaded once into the cache of the user (ROSTER_CACHE). Options are remembered for the next time. What already runs stays.',
    async run(call) {
      const { cloneStatus, cloneUp } = await import('@roster/servers')
      const folder = serversFolder(call)
      const { env, signal } = call.world
      try {
        await cloneUp({
          folder,
          env,
          signal,
          servers: namedServers(call.args),
          settings: settingsOf(call),
          onProgress: tell(call),
        })
      } catch (error) {
        throw signal.aborted ? interruption() : error
      }
      const statuses = await cloneStatus(folder, env)
      call.answer.whole({ folder, servers: statuses }, (paint) => serversTable(statuses, paint))
      const asked = namedServers(call.args)
      return statuses.every(({ name, state }) => state === 'running' || !asked.includes(name))
        ? exitCode.ok
        : exitCode.failed
    },
  })

/** A line for each step on the error stream, whether or not it is a terminal: what is slow here is slow only once. */
function tell({ world, answer }: Call<Options>): (name: string, sentence: string) => void {
  return (name, sentence) => {
    if (!answer.json || world.terminal.lively) world.terminal.errors.write(`${name}: ${sentence} …\n`)
  }
}

function settingsOf({
  options: { natsConfig, natsSync, searchAttribute: searchAttributes },
  world: { cwd },
}: Call<Options>): Partial<CloneSettings> {
  const file = natsConfig === undefined || isAbsolute(natsConfig) ? natsConfig : resolve(cwd, natsConfig)
  return {
    ...(file === undefined ? {} : { natsConfig: natsConfig === 'none' ? null : file }),
    ...(natsSync === undefined ? {} : { natsSync }),
    ...(searchAttributes === undefined ? {} : { searchAttributes }),
  }
}

function searchAttribute(given: string, before: readonly string[] = []): readonly string[] {
  const [name = '', type = ''] = given.split('=')
  if (/^[A-Za-z_]\w*$/.test(name) && types.includes(type)) return [...before, given]
  throw new InvalidArgumentError(`Give a name and one of ${types.join(', ')}, such as Tenant=Keyword.`)
}
