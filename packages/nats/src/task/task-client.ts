import { jetstream, type JetStreamClient } from '@nats-io/jetstream'
import { credsAuthenticator, type NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import type { Json } from '@roster/core'

import { jetStreamTimeoutMs } from '../jetstream/streams.ts'
import { busError } from '../map-error.ts'
import { root, taskSubject, token } from '../subject.ts'
import { encodeTask, type TaskAnswer } from '../wire/task.ts'
import { Window } from './window.ts'

export interface TaskClientOptions {
  readonly servers: readonly string[]
  readonly team: string
  /** Under which name tasks are published: that of the credential. */
  readonly name: string
  /** Text of a credential file (`roster credentials issue`), asked for at each connection. @defaultValue none: the servers know nobody */
  readonly credentials?: () => string
  /** User and password, for a server that has no accounts. */
  readonly password?: { readonly user: string; readonly pass: string }
  /** How long nothing may be heard of a task before it is published again, in milliseconds. @defaultValue 3000 */
  readonly againAfterMs?: number
}

/** A task that was published, as its client follows it. */
export interface FollowedTask {
  /** Its id, once a coordinator has accepted it. What cannot be taken never gets one. */
  readonly accepted: Promise<string>
  /** How it ended; also how it was refused. */
  readonly ended: Promise<TaskAnswer>
}

/** Somebody outside who gives a team tasks over NATS and hears how they end. */
export interface TaskClient extends AsyncDisposable {
  /**
   * Publishes a task; resolves when the bus has it. Publishing many at once is not slower for each: they are on their way together. It is
   * published again, slowly, until its end is heard, whatever becomes of the bus: the same key is the same task.
   */
  publish(task: { readonly playbook: string; readonly key: string; readonly input: Json }): Promise<FollowedTask>
}

/** Publications on their way to the server at once; further ones wait. */
const onTheWay = 512

/** What is accepted is asked about this many times less often: only its end is still to be heard. */
const patience = 5

interface Following {
  readonly subject: string
  readonly text: string
  readonly accepted: PromiseWithResolvers<string>
  readonly ended: PromiseWithResolvers<TaskAnswer>
  task: string | undefined
  /** When it was published last, in milliseconds of the process's clock. */
  publishedAt: number
}

/**
 * Connects as a client.
 *
 * L1 What was published is published again until its end is heard: nothing that the bus loses is lost.
 * L2 An answer is told apart by the key of its publication, or by the task that it became.
 *
 * @throws RosterError `bus-unavailable` when no server can be reached, or refuses the credential.
 */
export async function openTaskClient(options: TaskClientOptions): Promise<TaskClient> {
  const { team, name, againAfterMs = 3000 } = options
  const connection = await connected(options)
  const client = jetstream(connection, { timeout: jetStreamTimeoutMs })
  const followed = new Map<string, Following>()
  const keys = new Map<string, string>()
  const window = new Window(onTheWay)

  const hear = ({ key, task, ...answer }: TaskAnswer): void => {
    const known = key ?? keys.get(task ?? '')
    const one = followed.get(known ?? '')
    if (known === undefined || one === undefined) return
    if (task !== undefined && one.task === undefined) {
      one.task = task
      keys.set(task, known)
      one.accepted.resolve(task)
    }
    if (answer.status === 'accepted' || answer.status === 'waiting') return
    one.ended.resolve({ ...answer, ...(one.task === undefined ? {} : { task: one.task }) })
    followed.delete(known)
    keys.delete(one.task ?? '')
  }
  connection.subscribe(`${root}.answer.${team}.to.${token(name)}.>`, {
    callback: (error, message) => {
      if (error === null) hear(message.json<TaskAnswer>())
    },
  })
  const again = setInterval(() => {
    for (const one of followed.values()) {
      const patient = one.task === undefined ? againAfterMs : againAfterMs * patience
      if (performance.now() - one.publishedAt >= patient) void send(client, one)
    }
  }, againAfterMs / 3)
  again.unref()

  return {
    async publish({ playbook, key, input }) {
      const before = followed.get(key)
      if (before !== undefined) return follow(before)
      const one: Following = {
        subject: taskSubject(team, playbook, name),
        text: encodeTask({ key, input }),
        accepted: Promise.withResolvers(),
        ended: Promise.withResolvers(),
        task: undefined,
        publishedAt: 0,
      }
      followed.set(key, one)
      // Whether it got there is shown by what is heard of it: until then it is published again.
      await window.pass(() => send(client, one))
      return follow(one)
    },
    async [Symbol.asyncDispose]() {
      clearInterval(again)
      await connection.close()
    },
  }
}

function follow({ accepted, ended }: Following): FollowedTask {
  return { accepted: accepted.promise, ended: ended.promise }
}

/** Publishes once; a failure is mended by the next time. */
async function send(client: JetStreamClient, one: Following): Promise<void> {
  one.publishedAt = performance.now()
  await client.publish(one.subject, one.text, { timeout: jetStreamTimeoutMs, retries: 0 }).catch(() => {})
}

async function connected({ servers, name, credentials, password }: TaskClientOptions): Promise<NatsConnection> {
  const encoder = new TextEncoder()
  try {
    return await connect({
      servers: [...servers],
      ...(password ?? {}),
      ...(credentials === undefined
        ? {}
        : {
            authenticator: (nonce?: string) => credsAuthenticator(encoder.encode(credentials()))(nonce),
            inboxPrefix: `_INBOX.@client.${token(name)}`,
          }),
      name: `client ${name}`,
      ignoreAuthErrorAbort: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
    })
  } catch (error) {
    throw busError(error, `connecting to ${servers.join(', ')} as ${name}`)
  }
}
