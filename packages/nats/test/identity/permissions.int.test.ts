import { setImmediate } from 'node:timers/promises'

import { jetstreamManager } from '@nats-io/jetstream'
import { PermissionViolationError, type NatsConnection } from '@nats-io/nats-core'
import { describeWithServer } from '@roster/testing/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { answerSubject, mailSubject, recordSubject, taskSubject } from '../../src/subject.ts'
import { everybody, grants, type Who } from './desk.ts'
import { startTrustingServer, type TrustingServer } from './trusting-server.ts'

const [reader, writer, loner] = ['desk/agent/reader', 'desk/agent/writer', 'desk/agent/loner']
const [controller, task, foreign] = ['desk/person/controller', 'desk/task/01J', 'other/agent/reader']
const shop = 'client/web shop'

/** Subjects of every kind, and who alone may publish there. */
const publishing: readonly (readonly [subject: string, by: readonly Who[]])[] = [
  [mailSubject(reader, writer), ['reader']],
  [mailSubject(writer, reader), ['writer']],
  [mailSubject(writer, controller), ['writer']],
  // It was asked by the writer, and answers.
  [mailSubject(controller, writer), ['controller']],
  [mailSubject(reader, reader), ['reader']],
  [mailSubject(reader, controller), []],
  [mailSubject(reader, loner), []],
  [mailSubject(loner, reader), []],
  [mailSubject(reader, task), ['reader']],
  [mailSubject(loner, task), ['loner']],
  [mailSubject(controller, task), ['controller']],
  [mailSubject(reader, 'other/task/01J'), []],
  [mailSubject(reader, foreign), []],
  [mailSubject(reader, 'desk/team'), []],
  // A colleague under the kind of another.
  [mailSubject(reader, writer).replace('from.agent', 'from.task'), ['coordinator']],
  [mailSubject(reader, writer).replace('.agent.from', '.person.from'), []],
  [mailSubject(task, reader), ['coordinator']],
  [mailSubject(shop, reader), ['coordinator']],
  [mailSubject('desk/team', controller), ['coordinator']],
  [taskSubject('desk', 'pay-invoice', 'web shop'), ['client']],
  [taskSubject('desk', 'close-books', 'web shop'), []],
  [taskSubject('other', 'pay-invoice', 'web shop'), []],
  [taskSubject('desk', 'pay-invoice', 'somebody else'), []],
  [answerSubject('desk', 'web shop', '1'), ['coordinator']],
  [recordSubject(reader), ['host', 'coordinator']],
  ['$JS.API.INFO', ['host', 'coordinator', 'administrator']],
  ['$JS.API.STREAM.NAMES', ['administrator']],
  ['$JS.API.STREAM.INFO.SEEN', ['host', 'coordinator', 'administrator']],
  ['$JS.API.STREAM.CREATE.MINE', ['administrator']],
  ['$JS.API.STREAM.PURGE.OTHER', ['administrator']],
  ['$JS.API.STREAM.DELETE.OTHER', ['administrator']],
  ['$JS.API.STREAM.MSG.GET.SEEN', ['administrator']],
  ['$JS.API.DIRECT.GET.SEEN', ['administrator']],
  ['$JS.API.CONSUMER.CREATE.SEEN.c', ['host', 'coordinator', 'administrator']],
  ['$JS.API.CONSUMER.MSG.NEXT.SEEN.c', ['host', 'coordinator', 'administrator']],
  ['$JS.API.CONSUMER.DELETE.SEEN.c', ['administrator']],
  ['$JS.ACK.SEEN.c.1.1.1.1.1', ['host', 'coordinator']],
  ['$SRV.PING.roster-host', ['host']],
  ['$SYS.REQ.CLAIMS.UPDATE', []],
  ['_INBOX.desk/agent/reader.x', []],
  ['anything', []],
]

/** And who alone may listen. */
const listening: readonly (readonly [subject: string, by: readonly Who[]])[] = [
  ['_INBOX.desk/agent/reader.>', ['reader']],
  ['_INBOX.desk/agent/reader.7', ['reader']],
  ['_INBOX.desk/agent/writer.>', ['writer']],
  ['_INBOX.desk/person/controller.>', ['controller']],
  ['_INBOX.@client.web=20shop.>', ['client']],
  ['_INBOX.@client.auditor.>', ['auditor']],
  ['_INBOX.@host.h1.>', ['host']],
  ['_INBOX.@host.h2.>', []],
  ['_INBOX.@coordinator.c1.>', ['coordinator']],
  ['_INBOX.@administrator.a1.>', ['administrator']],
  ['_INBOX.>', []],
  ['_INBOX.*.7', []],
  [answerSubject('desk', 'web shop', '*'), ['client']],
  [answerSubject('desk', 'somebody else', '*'), []],
  [recordSubject(reader), ['auditor']],
  ['roster.record.other.>', []],
  ['roster.mail.>', []],
  [mailSubject(writer, reader), []],
  ['roster.mailbox.>', []],
  ['roster.task.>', []],
  ['roster.>', []],
  ['$JS.API.>', []],
  ['$JS.EVENT.ADVISORY.>', ['administrator']],
  ['$SRV.PING', ['host', 'coordinator']],
  ['$SYS.>', []],
  ['>', []],
]

describeWithServer('nats', 'the permissions of each role', () => {
  let server: TrustingServer
  const connections = new Map<Who, NatsConnection>()
  /** Subjects on which the server refused somebody. */
  const refused = new Map<Who, Set<string>>()

  beforeAll(async () => {
    server = await startTrustingServer()
    for (const who of everybody) {
      const connection = await server.connectAs(grants[who])
      const seen = new Set<string>()
      connections.set(who, connection)
      refused.set(who, seen)
      void (async () => {
        for await (const status of connection.status())
          if (status.type === 'error' && status.error instanceof PermissionViolationError && isPublish(status.error))
            seen.add(status.error.subject)
      })()
    }
    const manager = await jetstreamManager(connectionOf('administrator'))
    await manager.streams.add({ name: 'SEEN', subjects: ['roster.>', 'anything'] })
    await manager.streams.add({ name: 'OTHER', subjects: ['other'] })
  }, 60_000)

  afterAll(() => server?.[Symbol.asyncDispose]())

  function connectionOf(who: Who): NatsConnection {
    const connection = connections.get(who)
    if (connection === undefined) throw new TypeError(`${who} is not connected`)
    return connection
  }

  describe('to publish', () => {
    it.each(publishing.flatMap(([subject, by]) => everybody.map((who) => ({ subject, who, may: by.includes(who) }))))(
      '$who on $subject: $may',
      async ({ subject, who, may }) => {
        const connection = connectionOf(who)
        const before = await stored(subject)
        connection.publish(subject, '{}')
        await connection.flush()
        // The refusal came before the answer to the flush; whoever iterates over it is a turn later.
        await setImmediate()
        expect(refused.get(who)?.has(subject)).toBe(!may)
        if (!subject.startsWith('roster.')) return
        await expect.poll(() => stored(subject)).toBe(before + (may ? 1 : 0))
      },
    )
  })

  describe('to listen', () => {
    it.each(listening.flatMap(([subject, by]) => everybody.map((who) => ({ subject, who, may: by.includes(who) }))))(
      '$who to $subject: $may',
      async ({ subject, who, may }) => {
        const connection = connectionOf(who)
        const errors: unknown[] = []
        const subscription = connection.subscribe(subject, {
          callback: (error) => void (error === null ? null : errors.push(error)),
        })
        await connection.flush()
        expect(errors.some((error) => error instanceof PermissionViolationError)).toBe(!may)
        subscription.unsubscribe()
        await connection.flush()
      },
    )
  })

  function isPublish({ operation }: PermissionViolationError): boolean {
    return operation === 'publish'
  }

  /** How many messages the server has taken on a subject: what was refused left nothing. */
  async function stored(subject: string): Promise<number> {
    if (!subject.startsWith('roster.')) return 0
    const manager = await jetstreamManager(connectionOf('administrator'))
    const { state } = await manager.streams.info('SEEN', { subjects_filter: subject })
    return state.subjects?.[subject] ?? 0
  }
})
