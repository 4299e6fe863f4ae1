import { decode, encodeUser } from '@nats-io/jwt'
import { describeWithServer } from '@roster/testing/servers'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { Authority } from '../../src/identity/authority.ts'
import { userJwt } from '../../src/identity/claims.ts'
import { newNkey, type Nkey } from '../../src/identity/nkey.ts'
import { isRefusal, probe } from '../../src/identity/probe.ts'
import { grants } from './desk.ts'
import { machineClock, startTrustingServer, type TrustingServer } from './trusting-server.ts'

describeWithServer('nats', 'the bus refuses a credential', () => {
  let server: TrustingServer
  let holder: Nkey
  let genuine: string

  beforeAll(async () => {
    server = await startTrustingServer()
    holder = newNkey('user')
    genuine = (await server.authority.issue(grants.reader, holder.publicKey)).jwt
  }, 60_000)

  afterAll(() => server?.[Symbol.asyncDispose]())

  async function expectRefused(jwt: string, key: Nkey): Promise<void> {
    const error: unknown = await server.connectWith(jwt, key).catch((refusal: unknown) => refusal)
    expect(isRefusal(error)).toBe(true)
    await expect(probe(server.servers, jwt, key)).rejects.toMatchObject({
      code: 'credential-refused',
      hint: expect.stringContaining('roster keys push') as string,
    })
  }

  it('never, when it is genuine', async () => {
    await probe(server.servers, genuine, holder)
  })

  it('that is signed by an authority of somebody else', async () => {
    const folder = `${server.folder}/forger`
    const forger = new Authority({ folder, clock: machineClock })
    await forger.init({ tenant: 'desk' })
    await expectRefused((await forger.issue(grants.reader, holder.publicKey)).jwt, holder)
  })

  it('that the holder signed itself, with the account of the genuine one', async () => {
    const { account } = await server.authority.home.read()
    const forged = newNkey('account')
    const { name, tags } = grants.coordinator
    const terms = { holder: holder.publicKey, account: account.key, expiresAt: decode(genuine).exp ?? 0 }
    await expectRefused(await userJwt({ name, tags }, forged, terms), holder)
  })

  it('that is signed with the key of the account itself: only signing keys of roles count', async () => {
    const { account } = await server.authority.home.read()
    const key = await server.authority.seeds.open('account', account.seed)
    await expectRefused(await encodeUser('desk/agent/reader', holder.publicKey, key), holder)
  })

  it('that brings permissions of its own beside those of its role', async () => {
    const { account, roles } = await server.authority.home.read()
    const [role] = roles.colleague
    const signer = await server.authority.seeds.open('account', role?.seed ?? '')
    const greedy = await encodeUser(
      'desk/agent/reader',
      holder.publicKey,
      account.key,
      { pub: { allow: ['>'] } },
      { signer },
    )
    await expectRefused(greedy, holder)
  })

  it('that was edited', async () => {
    const [header, claims = '', signature] = genuine.split('.')
    const edited = Buffer.from(claims, 'base64url').toString().replaceAll('agent/reader', 'agent/writer')
    await expectRefused([header, Buffer.from(edited).toString('base64url'), signature].join('.'), holder)
  })

  it('that has expired', async () => {
    const late = { now: () => machineClock.now() - 10_000 }
    const authority = new Authority({ folder: server.authority.home.folder, clock: late })
    await expectRefused((await authority.issue(grants.reader, holder.publicKey, 5)).jwt, holder)
  })

  it('that was stolen without its key', async () => {
    await expectRefused(genuine, newNkey('user'))
  })

  it('that needs no key, even when it is signed by a role', async () => {
    const { account, roles } = await server.authority.home.read()
    const signer = await server.authority.seeds.open('account', roles.colleague[0]?.seed ?? '')
    const terms = { signer, scopedUser: true }
    const bearer = await encodeUser('reader', holder.publicKey, account.key, { bearer_token: true }, terms)
    await expectRefused(bearer, newNkey('user'))
  })

  it('and an authority gives none for longer than an hour', async () => {
    await expect(server.authority.issue(grants.reader, holder.publicKey, 3601)).rejects.toMatchObject({ code: 'usage' })
    const { exp, iat } = decode(genuine)
    expect((exp ?? Infinity) - iat).toBeLessThanOrEqual(3600)
  })
})
