import { describe, expect, it } from 'vitest'

import { readiness } from '../../src/client.ts'
import { building, office } from './offices.ts'

const production = { production: true }

/** A building in which somebody has signed for the office that is at work, or for what is given. */
async function signedFor(team = office(), by = 'ann') {
  const { open, clock, store } = building()
  const first = await open(office())
  const { digest } = await readiness(team, { now: clock.now() })
  await first.signReady({ digest, gaps: ['alert-none playbook/talk'], by })
  return { open, first, digest, clock, store }
}

describe('a team in production', () => {
  it('is refused when nobody has signed for it', async () => {
    const { open } = building()
    await expect(open(office(), production)).rejects.toMatchObject({
      code: 'ready-unsigned',
      hint: expect.stringContaining('roster ready --sign --as <person>'),
    })
  })

  it('is loaded once a person has signed, with their key, for exactly its digest', async () => {
    const { open, digest, clock, first } = await signedFor()
    await using second = await open(office(), production)
    const page = await readiness(office(), { now: clock.now(), history: await second.export() })
    expect(page).toMatchObject({ digest, signatures: [{ person: 'ann', gaps: ['alert-none playbook/talk'] }] })
    expect(await first.verify()).toMatchObject({ verified: true })
  })

  it('is refused again when anything in it changes: a tool, a policy, what it is configured with', async () => {
    const { open } = await signedFor()
    const owners = 'one'
    for (const changed of [office({ owners }), office({ policies: { 'none.cedar': '' } })])
      await expect(open(changed, production)).rejects.toMatchObject({
        code: expect.stringMatching(/unsigned|consent|changed/),
      })
    const other = { ...office(), configuration: { bank: 'another' } }
    await expect(open(other, production)).rejects.toMatchObject({ code: 'ready-unsigned' })
  })

  it('is signed for by a person of the team and nobody else', async () => {
    await expect(signedFor(office(), 'clerk')).rejects.toMatchObject({ code: 'denied' })
    await expect(signedFor(office(), 'mallory')).rejects.toMatchObject({ code: 'denied' })
  })
})

describe('a drill of having everything back', () => {
  it('reads everything from an export alone, and is on record with what came of it', async () => {
    const { first, clock, store } = await signedFor()
    const drilled = await first.drill({ by: 'ben' })
    expect(drilled).toMatchObject({ verified: true, problems: [], records: (await store.readAll(0, 100)).length - 1 })
    const page = await readiness(office(), { now: clock.now(), history: await first.export() })
    expect(page.gaps.map(({ code }) => code)).not.toContain('restore-undrilled')
    clock.advance(91 * 86_400_000)
    const later = await readiness(office(), { now: clock.now(), history: await first.export() })
    expect(later.gaps).toContainEqual(
      expect.objectContaining({ code: 'restore-undrilled', says: expect.stringContaining('91 days ago') }),
    )
  })
})
