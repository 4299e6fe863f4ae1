import { describe, expect, it, vi } from 'vitest'

import { openDesk, openTeam, readHistory, readiness } from '../../src/client.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { calling, talkers, wordTool } from '../stage.ts'

// A database is made for each folder: seconds each, on a machine that does other things too.
vi.setConfig({ testTimeout: 120_000 })

const office = talkers(
  calling('shout', () => ({ word: 'hello' })),
  [wordTool('shout')],
)
const now = Date.UTC(2026, 0, 1)

describe('the records of a team that nobody hosts', () => {
  it('take a signature before the team was ever loaded; then it is loaded in production, and everything verifies', async () => {
    await using folder = await temporaryFolder()
    const place = { folder: folder.path }
    await expect(openTeam(office, { ...place, production: true })).rejects.toMatchObject({ code: 'ready-unsigned' })
    const { digest, gaps } = await readiness(office, { now })
    {
      await using desk = await openDesk(office, place)
      await desk.signReady({ digest, gaps: gaps.map(({ code }) => code), by: 'boss' })
      expect(await desk.drill({ by: 'boss' })).toMatchObject({ verified: true })
      await expect(desk.signReady({ digest, gaps: [], by: 'talker' })).rejects.toMatchObject({ code: 'denied' })
    }
    await using opened = await openTeam(office, { ...place, production: true })
    const { task } = await opened.publish({
      playbook: 'talk',
      input: { word: 'hi' },
      idempotencyKey: '1',
      requester: 'me',
    })
    expect(await opened.settled(task, 20_000)).toMatchObject({ status: 'done' })
    expect(await opened.verify()).toMatchObject({ verified: true, problems: [] })
  })

  it('take up nothing that is pending but what people decide about the team', async () => {
    await using folder = await temporaryFolder()
    const place = { folder: folder.path }
    {
      await using opened = await openTeam(office, place)
      await opened.stop({ who: 'team', by: 'boss', because: 'the night' })
      await opened.publish({ playbook: 'talk', input: { word: 'hi' }, idempotencyKey: '1', requester: 'me' })
      await opened.idle()
    }
    const before = (await readHistory(office, place))?.records.length ?? 0
    {
      await using desk = await openDesk(office, place)
      await desk.consent({ thing: 'policies', digest: 'd', by: 'boss' })
    }
    expect((await readHistory(office, place))?.records.length).toBe(before + 1)
  })
})
