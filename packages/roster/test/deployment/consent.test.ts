import { describe, expect, it } from 'vitest'

import { consentsOf } from '../../src/client.ts'
import { allowAll } from '../stage.ts'
import { building, office } from './offices.ts'

const strict = {
  ...allowAll,
  'more.cedar': '@id("no-shouting")\nforbid (principal, action, resource == Tool::"shout");',
}

/** A building in which the first office was at work. */
async function opened() {
  const { open, store } = building()
  const first = await open(office())
  return { open, store, first }
}

/** The owners whose consent to a team is missing, by what changed. */
async function missing(first: Awaited<ReturnType<typeof opened>>['first'], changed: ReturnType<typeof office>) {
  const { waiting, digests } = await consentsOf(changed, await first.export())
  return { waiting: waiting.map(({ thing, owners }) => ({ thing, owners })), digests }
}

describe('a change to something that several owners depend on', () => {
  it('is refused outside development, naming whose consent is missing and how it is given', async () => {
    const { open, first } = await opened()
    const changed = office({ shout: '1.1.0' })
    expect((await missing(first, changed)).waiting).toEqual([{ thing: 'tool/shout', owners: ['ben', 'cleo'] }])
    await expect(open(changed)).rejects.toMatchObject({
      code: 'consent-missing',
      path: 'tool/shout',
      message: expect.stringContaining('tool/shout (ben, cleo)'),
      hint: expect.stringContaining('roster consent tool/shout --as ben; roster consent tool/shout --as cleo'),
    })
  })

  it('waits for each of them, and is loaded once all have agreed', async () => {
    const { open, first } = await opened()
    const changed = office({ shout: '1.1.0' })
    const digest = (await missing(first, changed)).digests['tool/shout'] ?? ''
    await first.consent({ thing: 'tool/shout', digest, by: 'ben' })
    await expect(open(changed)).rejects.toMatchObject({
      code: 'consent-missing',
      message: expect.not.stringContaining('ben'),
    })
    await first.consent({ thing: 'tool/shout', digest, by: 'cleo' })
    await using second = await open(changed)
    expect(await second.verify()).toMatchObject({ verified: true })
    const kinds = (await second.log({ stream: 'office/team' })).map(({ envelope }) => [
      envelope.kind,
      envelope.cause.type,
    ])
    expect(kinds).toEqual([
      ['deployed', 'deployed'],
      ['noted', 'change.consent'],
      ['noted', 'change.consent'],
      ['deployed', 'deployed'],
    ])
  })

  it('is another change once it is changed again: a consent is bound to what it was given for', async () => {
    const { open, first } = await opened()
    const digest = (await missing(first, office({ shout: '1.1.0' }))).digests['tool/shout'] ?? ''
    for (const by of ['ben', 'cleo']) await first.consent({ thing: 'tool/shout', digest, by })
    await expect(open(office({ shout: '1.2.0' }))).rejects.toMatchObject({ code: 'consent-missing' })
  })

  it('is consented to by those who depend on it, not by its own owner for them, nor by a client', async () => {
    const { open, first } = await opened()
    const changed = office({ shout: '1.1.0' })
    const digest = (await missing(first, changed)).digests['tool/shout'] ?? ''
    await first.consent({ thing: 'tool/shout', digest, by: 'ann' })
    await first.consent({ thing: 'tool/shout', digest, by: 'clerk' }).catch(() => {})
    await expect(open(changed)).rejects.toMatchObject({
      code: 'consent-missing',
      message: expect.stringContaining('(ben, cleo)'),
    })
  })

  it('is that something goes, for those who depended on it when it was loaded', async () => {
    const { first } = await opened()
    const { waiting } = await missing(first, office({ withoutTool: true }))
    expect(waiting).toEqual([
      { thing: 'colleague/clerk', owners: ['cleo'] },
      { thing: 'tool/shout', owners: ['ben', 'cleo'] },
    ])
  })

  it('is a change of the policies, for everybody who owns something', async () => {
    const { open, first } = await opened()
    const changed = office({ policies: strict })
    expect((await missing(first, changed)).waiting).toEqual([{ thing: 'policies', owners: ['ann', 'ben', 'cleo'] }])
    await expect(open(changed)).rejects.toMatchObject({ code: 'consent-missing', path: 'policies' })
  })

  it('waits for nobody in development, nor where everything is one person’s', async () => {
    const { open } = await opened()
    await using _changed = await open(office({ shout: '1.1.0' }), { development: true })
    const alone = building()
    await alone.open(office({ owners: 'one' }))
    await using _other = await alone.open(office({ owners: 'one', shout: '1.1.0', policies: strict }))
  })

  it('keeps what is refused from running: nothing that is pending is taken up by it', async () => {
    const { open, store, first } = await opened()
    await first.stop({ who: 'clerk', by: 'ann', because: 'a change comes' })
    await first.publish({ playbook: 'talk', input: { word: 'hello' }, idempotencyKey: '1', requester: 'me' })
    await first.idle()
    await first[Symbol.asyncDispose]()
    const before = (await store.readAll(0, 1000)).length
    await expect(open(office({ shout: '1.1.0' }))).rejects.toMatchObject({ code: 'consent-missing' })
    expect((await store.readAll(0, 1000)).length).toBe(before)
  })
})
