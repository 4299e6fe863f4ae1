import { credsAuthenticator, type ConnectionOptions, type NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import type { Json } from '@roster/core'

import { replyPrefix } from '../identity/grant.ts'
import { Acknowledged } from '../jetstream/acknowledged.ts'
import { jetStreamTimeoutMs } from '../jetstream/streams.ts'
import { busError } from '../map-error.ts'
import { root, taskSubject, token } from '../subject.ts'
import { encodeTask, type TaskAnswer } from '../wire/task.ts'
import { Followed, FollowedTasks, type FollowedTask } from './followed-tasks.ts'
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

/**
 * Connects as a client.
 *
 * @throws RosterError `bus-unavailable` when no server can be reached, or refuses the credential.
 */
export async function openTaskClient(options: TaskClientOptions): Promise<TaskClient> {
  const { team, name, againAfterMs = 3000 } = options
  const connection = await connected(options)
  const prefix = options.credentials === undefined ? undefined : inboxPrefixOf(name)
  const client = new Acknowledged(connection, jetStreamTimeoutMs, prefix)
  const followed = new FollowedTasks()
  const window = new Window(onTheWay)
  connection.subscribe(`${root}.answer.${team}.to.${token(name)}.>`, {
    callback: (error, message) => {
      if (error === null) followed.hear(message.json<TaskAnswer>())
    },
  })
  const again = setInterval(() => {
    for (const one of followed.due()) void send(client, one)
  }, againAfterMs / 3)
  again.unref()
  return {
    async publish({ playbook, key, input }) {
      const known = followed.get(key)
      if (known !== undefined) return known
      const one = new Followed(key, taskSubject(team, playbook, name), encodeTask({ key, input }))
      followed.add(one)
      // Whether it got there is shown by what is heard of it: until then it is published again.
      await window.pass(() => send(client, one))
      return one
    },
    async [Symbol.asyncDispose]() {
      clearInterval(again)
      client.close()
      await connection.close()
    },
  }
}

/** Publishes once; a failure is mended by the next time. */
async function send(client: Acknowledged, one: Followed): Promise<void> {
  one.rounds = 0
  await client.publish(one.subject, one.text)
}

async function connected({ servers, name, credentials, password }: TaskClientOptions): Promise<NatsConnection> {
  try {
    return await connect({
      servers: [...servers],
      ...password,
      ...(credentials === undefined ? {} : identityOf(name, credentials)),
      name: `client ${name}`,
      ignoreAuthErrorAbort: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
    })
  } catch (error) {
    throw busError(error, `connecting to ${servers.join(', ')} as ${name}`)
  }
}

/** The credential of the moment, at each connection; and the only place where it may hear replies. */
function identityOf(name: string, credentials: () => string): Pick<ConnectionOptions, 'authenticator' | 'inboxPrefix'> {
  const authenticator = (nonce?: string): ReturnType<ReturnType<typeof credsAuthenticator>> =>
    credsAuthenticator(new TextEncoder().encode(credentials()))(nonce)
  return { authenticator, inboxPrefix: inboxPrefixOf(name) }
}

function inboxPrefixOf(name: string): string {
  return replyPrefix({ role: 'client', name: token(name) })
}
