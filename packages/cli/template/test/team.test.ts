import { rehearse, scripted } from 'roster/testing'
import { describe, expect, it } from 'vitest'

import newsroom from '../src/team.ts'

const notes = { notes: 'High and low.', sources: ['almanac'] }
const draft = { text: 'The sea rises and falls.' }
const model = scripted({ research: notes, draft })

describe('the newsroom', () => {
  it('publishes what the editor approved', async () => {
    await using run = await rehearse(newsroom, { model })
    const task = await run.publish('brief', { topic: 'tides' })
    expect(await task.outcome()).toEqual({ status: 'done', output: draft })
  })

  it('asks the editor before it publishes', async () => {
    await using run = await rehearse(newsroom, { model, people: { editor: 'decline' } })
    const task = await run.publish('brief', { topic: 'tides' })
    expect(await task.outcome()).toMatchObject({ status: 'declined', by: 'editor' })
  })

  it('gives the writer what the search found', async () => {
    await using run = await rehearse(newsroom)
    const task = await run.publish('brief', { topic: 'tides' })
    expect((await task.result()).text).toContain('The almanac of tides')
  })
})
