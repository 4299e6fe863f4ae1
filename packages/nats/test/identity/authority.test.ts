import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { decode, type Account, type ClaimsData, type User } from '@nats-io/jwt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Authority } from '../../src/identity/authority.ts'
import { clientGrant } from '../../src/identity/grant.ts'
import { folderHolderKeys } from '../../src/identity/holder-keys.ts'
import { newNkey } from '../../src/identity/nkey.ts'
import { reachOf } from '../../src/identity/reach.ts'
import { desk, grants, policy } from './desk.ts'

const clock = { now: () => 1_800_000_000_000 }
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-identity-'))
})

afterEach(() => rm(folder, { recursive: true }))

describe('an authority', () => {
  it('keeps its seeds in files that only their owner can read, and none of them in what describes it', async () => {
    const home = join(folder, 'identity')
    await new Authority({ folder: home, clock }).init({ tenant: 'desk' })
    const files = await readdir(join(home, 'keys'))
    expect(files).toHaveLength(10)
    const described = await readFile(join(home, 'identity.json'), 'utf8')
    for (const file of files) {
      const path = join(home, 'keys', file)
      expect((await stat(path)).mode & 0o777).toBe(0o600)
      expect(described).not.toContain((await readFile(path, 'utf8')).trim())
    }
    expect((await stat(join(home, 'keys'))).mode & 0o777).toBe(0o700)
  })

  it('takes a seed from a secret store by its name, and says which name is missing', async () => {
    const [operator, account] = [newNkey('operator'), newNkey('account')]
    const env = { OPERATOR_SEED: operator.seed, ACCOUNT_SEED: account.seed }
    const seeds = { operator: 'env:OPERATOR_SEED', account: 'env:ACCOUNT_SEED' }
    const identity = await new Authority({ folder, clock, env }).init({ tenant: 'desk', seeds, force: true })
    expect(identity.operator).toMatchObject({ key: operator.publicKey, seed: 'env:OPERATOR_SEED' })
    expect(identity.account.key).toBe(account.publicKey)
    await expect(new Authority({ folder, clock }).trust()).rejects.toMatchObject({
      code: 'identity-missing',
      path: 'env:OPERATOR_SEED',
      hint: expect.stringContaining('Set OPERATOR_SEED') as string,
    })
    const swapped = { OPERATOR_SEED: newNkey('operator').seed }
    await expect(new Authority({ folder, clock, env: swapped }).trust()).rejects.toMatchObject({
      code: 'identity-invalid',
    })
  })

  it('makes no second set of keys over the first, unless it is told to, and then keeps the first', async () => {
    const home = join(folder, 'identity')
    const authority = new Authority({ folder: home, clock })
    await authority.init({ tenant: 'desk' })
    await expect(authority.init({ tenant: 'desk' })).rejects.toMatchObject({ code: 'identity-invalid' })
    await authority.init({ tenant: 'desk', force: true })
    expect(await readdir(folder)).toEqual(['identity', 'identity.until-1800000000000'])
  })

  it('says what makes keys where there are none', async () => {
    await expect(new Authority({ folder, clock }).trust()).rejects.toMatchObject({
      code: 'identity-missing',
      hint: expect.stringContaining('roster keys init') as string,
    })
  })

  it('limits the account explicitly, and allows no bearer', async () => {
    const authority = new Authority({ folder, clock, limits: { connections: 7 } })
    const { limits, signing_keys: signing } = decode<Account>(
      await authority.accountJwt(await authority.init({ tenant: 'desk', force: true })),
    ).nats
    expect(limits).toMatchObject({ conn: 7, subs: -1, payload: -1, imports: 0, exports: 0, leaf: 0 })
    expect(limits).toMatchObject({ disallow_bearer: true, mem_storage: -1, streams: 16 })
    expect(signing).toHaveLength(5)
  })

  it('issues a credential that carries no permission, only a name, tags and an end', async () => {
    const authority = new Authority({ folder, clock })
    await authority.init({ tenant: 'desk', force: true })
    const holder = newNkey('user')
    const { jwt, expiresAt } = await authority.issue(grants.reader, holder.publicKey, 60)
    const claims: ClaimsData<User> = decode<User>(jwt)
    expect(claims).toMatchObject({ name: 'desk/agent/reader', sub: holder.publicKey, exp: 1_800_000_060 })
    expect(expiresAt).toBe(1_800_000_060)
    expect(Object.keys(claims.nats).toSorted()).toEqual(['issuer_account', 'tags', 'type', 'version'])
  })

  it('is changed by one at a time', async () => {
    const authority = new Authority({ folder, clock })
    const identity = await authority.init({ tenant: 'desk', force: true })
    await authority.home.write({ ...identity, revision: 2 })
    await expect(authority.home.write({ ...identity, revision: 2 })).rejects.toMatchObject({
      code: 'identity-invalid',
      retryable: true,
    })
  })
})

describe('a colleague', () => {
  it('reaches those whom its machines address and the policies let it, and those who so ask it, and nobody else', () => {
    expect(reachOf(desk, 'reader', policy)).toEqual(['writer'])
    expect(reachOf(desk, 'writer', policy)).toEqual(['reader', 'controller'])
    expect(reachOf(desk, 'controller', policy)).toEqual(['writer'])
    // Nobody lets it, whatever its machine says; and a trainee may, and asks nobody.
    expect(reachOf(desk, 'loner', policy)).toEqual([])
    expect(reachOf(desk, 'trainee', policy)).toEqual([])
  })

  it('has a key from its first start on, and another once that is set aside', async () => {
    const keys = folderHolderKeys(join(folder, 'holders'))
    expect(await keys.publicKey('desk/agent/reader')).toBeUndefined()
    const [first, same] = await Promise.all([keys.of('desk/agent/reader'), keys.of('desk/agent/reader')])
    expect(same.publicKey).toBe(first.publicKey)
    expect((await keys.of('desk/agent/writer')).publicKey).not.toBe(first.publicKey)
    await keys.setAside('desk/agent/reader')
    expect((await keys.of('desk/agent/reader')).publicKey).not.toBe(first.publicKey)
    for (const file of await readdir(join(folder, 'holders')))
      expect((await stat(join(folder, 'holders', file))).mode & 0o777).toBe(0o600)
  })
})

describe('a client', () => {
  it('is granted playbooks by name, or all, and nothing that would be another subject', () => {
    expect(clientGrant('web shop', { team: 'desk', publish: ['pay-invoice', '*'] })).toEqual({
      role: 'client',
      name: 'web=20shop',
      tags: ['team:desk', 'publish:pay-invoice', 'publish:*'],
    })
    for (const playbook of ['>', 'a.b', '', 'a b'])
      expect(() => clientGrant('web', { team: 'desk', publish: [playbook] })).toThrow(
        expect.objectContaining({ code: 'usage' }),
      )
  })
})
