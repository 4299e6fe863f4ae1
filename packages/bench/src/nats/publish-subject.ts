import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { openTaskClient } from '@roster/nats'

import { seconds } from '../measure/stopwatch.ts'
import { serve } from '../subject/serve.ts'
import { textOf } from '../world/text.ts'

export interface PublishOptions {
  readonly servers: readonly string[]
  readonly user: string
  readonly pass: string
  /** `client`: with Roster's; `library`: awaited, one after the other. */
  readonly how: 'client' | 'library'
}

/** Publications that a program wants to make at once. */
const atOnce = 512

/** Nobody takes the tasks here: they are not to be published again while it is measured. */
const againAfterMs = 3_600_000

await serve(async ({ servers, user, pass, how }: PublishOptions) => {
  const input = { number: 0, document: textOf(1000, 1) }
  const publish = how === 'client' ? await byClient() : await byLibrary()
  const lanes = how === 'client' ? atOnce : 1
  let made = 0
  return {
    async run(amount) {
      const start = seconds()
      const before = made
      const lane = async (): Promise<void> => {
        while (seconds() - start < amount) await publish((made += 1))
      }
      await Promise.all(Array.from({ length: lanes }, lane))
      return { count: made - before, seconds: seconds() - start }
    },
  }

  async function byClient(): Promise<(number: number) => Promise<unknown>> {
    const client = await openTaskClient({ servers, team: 'bench', name: how, password: { user, pass }, againAfterMs })
    return async (number) => await client.publish({ playbook: 'read', key: `${process.pid} ${number}`, input })
  }

  async function byLibrary(): Promise<(number: number) => Promise<unknown>> {
    const client = jetstream(await connect({ servers: [...servers], user, pass }))
    return async (number) => {
      const publication = JSON.stringify({ v: 1, key: `${process.pid} ${number}`, input })
      return await client.publish(`roster.task.bench.read.from.${how}`, publication)
    }
  }
})
