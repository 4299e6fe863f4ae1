import { join, resolve } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'

import { takeTeamNotes, type IntakePorts } from '@roster/runtime'

import type { TeamOf } from '../author/team.ts'
import type { TrustOperations } from '../client/trust-operations.ts'
import type { OperationsContext } from '../operations/context.ts'
import { trustOperations } from '../operations/orders.ts'
import { sha256 } from '../sha256.ts'
import { build } from './build.ts'
import { checkpointsFile, evidenceFolder } from './evidence-folder.ts'
import { fileCheckpoints, hostKey } from './checkpoints.ts'
import { commitsFolder, fileCommits } from './commits.ts'
import { folderKeys } from './keys.ts'
import { loadPolicy } from './load-policy.ts'
import { openStore } from './open-store.ts'
import type { OpenOptions } from './open-team.ts'
import { signedStore } from './signed-store.ts'
import { systemClock, systemIds } from './system.ts'

/** What people can decide about a team that nobody hosts. */
export type Desk = Pick<TrustOperations, 'consent' | 'signReady' | 'drill'> & AsyncDisposable

/**
 * Opens the records of a team for what people decide about loading it, without loading it and without hosting anybody: nothing that is
 * pending is taken up but those decisions.
 *
 * @throws RosterError `store-locked` when another process holds the folder: ask that one; `store-unavailable`, `policy-invalid`
 */
export async function openDesk(team: TeamOf, options: OpenOptions = {}): Promise<Desk> {
  const folder = resolve(options.folder ?? '.roster')
  const { databaseUrl = process.env['DATABASE_URL'], tenant = team.name } = options
  const evidence = evidenceFolder(folder, databaseUrl)
  const policy = await loadPolicy(team)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keys = await folderKeys(join(folder, 'keys'), [...Object.keys(team.colleagues), hostKey])
  const commits = fileCommits(commitsFolder(evidence), 'desk')
  const [clock, ids] = [systemClock, systemIds()]
  const opened = await openStore({ folder, tenant, databaseUrl, hosting: false })
  const name = `${hostname()}/${process.pid}`
  const store = signedStore(opened, { keys, clock, log: commits, host: name })
  const intake: IntakePorts = { store, team, clock, ids, sha256, deliver: () => {} }
  const transitions = {
    store,
    team,
    policy,
    clock,
    ids,
    sha256,
    signatures: keys,
    keyOf: (one: string) => keys.keysOf(one)[0],
  }
  const context: OperationsContext = {
    team,
    store,
    intake,
    policy,
    keys,
    clock,
    commits,
    checkpoints: fileCheckpoints(checkpointsFile(evidence)),
    host: { idle: () => takeTeamNotes(transitions, { name, build: build() }) },
    changed: () => new Promise(() => {}),
  }
  const { consent, signReady, drill } = trustOperations(context)
  return {
    consent,
    signReady,
    drill,
    async [Symbol.asyncDispose]() {
      await commits.close()
      await store[Symbol.asyncDispose]()
    },
  }
}
