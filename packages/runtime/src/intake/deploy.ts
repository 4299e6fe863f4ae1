import { canonical, colleagueStream, hashTuple, streamName, type Colleague, type Json } from '@roster/core'

import { fromOutside, type IntakePorts } from './intake.ts'

/** Who loaded a team, and why. */
export interface Deployment {
  readonly by: string
  readonly message: string
  /** What changed since the version before. */
  readonly difference: Json
  /** What was loaded: digests by name. */
  readonly contents: Json
  /** Owners who depend on each thing of it, beside its own owner: their consent is needed before it changes. @defaultValue none */
  readonly dependents?: { readonly [thing: string]: readonly string[] }
  /** Public keys by the names of whose they are: the roster's history of keys is made of these. @defaultValue none */
  readonly keys?: { readonly [name: string]: string }
}

/** Records that a team was loaded, and hires those of its colleagues that are new. The same contents and keys again are the same deployment. */
export async function deploy(ports: IntakePorts, deployment: Deployment): Promise<{ readonly known: boolean }> {
  const { team, sha256 } = ports
  const key = hashTuple(sha256, [
    'deploy',
    team.digest,
    sha256(canonical([deployment.contents, deployment.keys ?? {}])),
  ])
  const done = await fromOutside(ports, {
    client: deployment.by,
    key,
    to: streamName.team(team.name),
    type: 'deployed',
    task: '',
    payload: deployment as unknown as Json,
  })
  const colleagues = Object.values(team.colleagues)
  for (let from = 0; from < colleagues.length; from += hiredAtOnce)
    await Promise.all(colleagues.slice(from, from + hiredAtOnce).map((colleague) => hire(ports, colleague)))
  return done
}

/** A large team is hired in many calls at once: each is a message of its own. */
const hiredAtOnce = 64

async function hire(ports: IntakePorts, { name, concurrency }: Colleague): Promise<void> {
  const { team, sha256 } = ports
  const to = colleagueStream(team, name)
  const key = hashTuple(sha256, ['hire', to])
  await fromOutside(ports, { client: 'system', key, to, type: 'hired', task: '', payload: { concurrency } })
}
