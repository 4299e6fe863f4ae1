import type { Permission } from '@nats-io/jwt'

import { root } from '../subject.ts'

/**
 * What a credential is for. A role is a signing key of the account, whose template holds the permissions: user JWTs carry none, only a
 * name and the values that the template leaves open.
 */
export const roles = ['colleague', 'client', 'host', 'coordinator', 'administrator'] as const
export type Role = (typeof roles)[number]

/** What a role may publish and hear; nothing else is allowed. */
export interface Template {
  readonly pub: Pick<Permission, 'allow'>
  readonly sub: Pick<Permission, 'allow'>
  /** Answers to requests: how many, and for how long after the request (nanoseconds). */
  readonly resp?: { readonly max: number; readonly ttl: number }
}

/** What JetStream asks of who takes messages: to be told of streams, to make and read consumers, to acknowledge. Nothing that changes a stream. */
const consuming = [
  '$JS.API.INFO',
  '$JS.API.STREAM.INFO.*',
  '$JS.API.CONSUMER.INFO.*.*',
  '$JS.API.CONSUMER.CREATE.>',
  '$JS.API.CONSUMER.DURABLE.CREATE.*.*',
  '$JS.API.CONSUMER.MSG.NEXT.*.*',
  '$JS.ACK.>',
  '$JS.FC.>',
]

const secondNs = 1_000_000_000

/** NATS's service discovery is heard by whoever answers it. */
const discovery = ['$SRV.>']

/**
 * The permissions of each role. The server fills in `{{name()}}` and `{{tag(…)}}` from the credential, and drops a line of which a tag is
 * missing.
 *
 * P1 A colleague publishes under its own name only, to those it may talk to and to tasks of its team, and hears only its own replies.
 * P2 Nobody but hosts, the coordinator and the administrator reaches JetStream, and only the administrator changes streams.
 * P3 The coordinator speaks for tasks, clients and the team itself, never as a colleague. A host speaks for nobody.
 * P4 A client publishes the tasks it was granted, and hears its own answers.
 */
export const templates: Readonly<Record<Role, Template>> = {
  colleague: {
    pub: {
      allow: [
        `${root}.mail.{{tag(team)}}.agent.from.{{tag(kind)}}.{{name()}}.to.{{tag(agent)}}`,
        `${root}.mail.{{tag(team)}}.person.from.{{tag(kind)}}.{{name()}}.to.{{tag(person)}}`,
        `${root}.mail.{{tag(team)}}.task.from.{{tag(kind)}}.{{name()}}.to.*`,
      ],
    },
    sub: { allow: ['_INBOX.{{name()}}.>'] },
  },
  client: {
    pub: { allow: [`${root}.task.{{tag(team)}}.{{tag(publish)}}.from.{{name()}}`] },
    sub: {
      allow: [
        '_INBOX.@client.{{name()}}.>',
        `${root}.answer.{{tag(team)}}.to.{{name()}}.>`,
        `${root}.record.{{tag(records)}}.>`,
      ],
    },
  },
  host: {
    // Hosts look who else is there, to share the work.
    pub: { allow: [...consuming, `${root}.record.>`, '$SRV.PING.roster-host'] },
    sub: { allow: ['_INBOX.@host.{{name()}}.>', ...discovery] },
    resp: { max: 1, ttl: 5 * secondNs },
  },
  coordinator: {
    pub: {
      allow: [
        ...consuming,
        ...['task', 'client', 'team'].map((kind) => `${root}.mail.*.*.from.${kind}.*.to.*`),
        `${root}.answer.>`,
        `${root}.record.>`,
      ],
    },
    sub: { allow: ['_INBOX.@coordinator.{{name()}}.>', ...discovery] },
    resp: { max: 1, ttl: 5 * secondNs },
  },
  administrator: {
    pub: { allow: ['$JS.API.>'] },
    sub: { allow: ['_INBOX.@administrator.{{name()}}.>', '$JS.EVENT.ADVISORY.>'] },
  },
}
