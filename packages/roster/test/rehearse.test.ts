import { expect, it } from 'vitest'

import { rehearse } from '../src/testing.ts'
import { newsroom } from './newsroom.ts'

it('ends a task when everybody has done their part', async () => {
  await using run = await rehearse(newsroom)
  const task = await run.publish('brief', { topic: 'tides' }, { idempotencyKey: 'tides-1' })
  expect(await task.outcome()).toEqual({ status: 'done', output: { text: 'The sea rises and falls.' } })
})

it('asks the editor before it publishes', async () => {
  await using run = await rehearse(newsroom, { people: { editor: 'decline' } })
  const task = await run.publish('brief', { topic: 'tides' })
  expect(await task.outcome()).toMatchObject({ status: 'declined', by: 'editor' })
})

it('verifies and replays what it did', async () => {
  await using run = await rehearse(newsroom)
  const task = await run.publish('brief', { topic: 'tides' })
  await task.result()
  expect(await run.operations.verify()).toMatchObject({ verified: true, problems: [] })
  expect(await run.replay(task.id)).toMatchObject({ verified: true, divergence: null })
})
