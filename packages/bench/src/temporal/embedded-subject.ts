import { parseStream } from '@roster/core'
import { postgresStore } from '@roster/postgres'
import { publish } from '@roster/runtime'

import { serve } from '../subject/serve.ts'
import { hosted } from '../world/host.ts'
import { textOf } from '../world/text.ts'
import { atOnce } from './at-once.ts'
import { fourPolicy, fourTeam } from './team.ts'

await serve(async ({ url }: { readonly url: string }) => {
  const store = await postgresStore({ connectionString: url, tenant: 'bench' })
  const waiting = new Map<string, () => void>()
  const { intake } = await hosted({
    store,
    team: fourTeam,
    policy: fourPolicy,
    observe: (told) => {
      if (told.kind !== 'appended' || told.after !== 'read') return
      const { kind, name } = parseStream(told.stream)
      if (kind === 'task') waiting.get(name)?.()
    },
  })
  const document = textOf(1000, 1)
  return atOnce(async () => {
    const idempotencyKey = intake.ids.id()
    const input = { number: 0, document }
    const { task } = await publish(intake, { playbook: 'four', input, requester: 'bench', idempotencyKey })
    await new Promise<void>((resolve) => waiting.set(task, resolve))
    waiting.delete(task)
  })
})
