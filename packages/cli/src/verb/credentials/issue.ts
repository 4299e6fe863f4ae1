import { InvalidArgumentError } from 'commander'
import type { IssuedFile } from 'roster/keys'

import { durationMs, option } from '../../command/option.ts'
import { verb, type Ended } from '../../command/verb.ts'
import type { World } from '../../command/world.ts'
import { usageError } from '../../failure/command-error.ts'
import { exitCode } from '../../failure/exit-code.ts'
import { keysOf } from '../keys/keys-call.ts'

interface Options {
  readonly for?: string
  readonly may?: readonly string[]
  readonly expires: number
  readonly ofTeam?: string
}

/** What `--may` can say. */
const scope = /^(?:publish:(?<playbook>\*|[a-z][a-z0-9-]*)|hear:(?<feed>records))$/

export const credentialsIssue = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'issue',
    summary: 'print a credential file for somebody outside',
    examples: ['credentials issue --for web-shop --may publish:pay-invoice --expires 1h > web-shop.creds'],
    options: [
      option('--for <name>', 'the name under which it publishes, and nobody else can'),
      option('--may <scope>', 'publish:<playbook>, publish:* or hear:records; again for another').argParser(scopes),
      option('--expires <time>', 'how long it counts, at most 1h').argParser(durationMs).default(3_600_000, '1h'),
      option('--of-team <name>', 'the team whose playbooks are meant (default: the tenant)'),
    ],
    notes: 'The file holds a secret. The same name gets the same key again; `roster revoke --client` ends it.',
    async run(call) {
      const { for: name, may = [], expires, ofTeam } = call.options
      if (name === undefined) throw usageError('it is not said for whom', '--for', 'Add --for <name>.')
      if (may.length === 0) throw usageError('it may do nothing', '--may', 'Add --may publish:<playbook>.')
      const keys = await keysOf(call)
      const granted = may.map((one) => scope.exec(one)?.groups ?? {})
      const issued = await keys.issue({
        name,
        team: ofTeam ?? (await keys.show()).tenant,
        publish: granted.flatMap(({ playbook }) => (playbook === undefined ? [] : [playbook])),
        records: granted.some(({ feed }) => feed !== undefined),
        seconds: Math.floor(expires / 1000),
      })
      call.answer.whole(issued, () => issued.file.trimEnd())
      call.answer.note(note(issued))
      return exitCode.ok
    },
  })

function note({ name, expiresAt, inboxPrefix }: IssuedFile): string {
  const until = new Date(expiresAt * 1000).toISOString()
  return `For ${name} until ${until}. It hears replies under ${inboxPrefix} only: nats --inbox-prefix=${inboxPrefix} …`
}

function scopes(given: string, before: readonly string[] = []): readonly string[] {
  if (scope.test(given)) return [...before, given]
  throw new InvalidArgumentError('Give publish:<playbook>, publish:* or hear:records.')
}
