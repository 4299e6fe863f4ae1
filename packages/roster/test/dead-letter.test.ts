import { expect, it } from 'vitest'
import { z } from 'zod'

import { colleague, person, playbook, team } from '../src/index.ts'
import { rehearse, scripted } from '../src/testing.ts'
import { policies } from './newsroom.ts'

const Topic = z.object({ topic: z.string() })
const editor = person('editor', { role: 'editor' })
const researcher = colleague('researcher@1.0.0', {
  owner: editor,
  role: 'researcher',
  model: scripted({ research: { topic: 'tides' } }),
  accepts: { research: { input: Topic, output: Topic, instructions: 'Search.' } },
})

it('puts what failed too often into the inbox of the owner, and tells whoever asked', async () => {
  const failing = playbook('brief@1.0.0', { owner: editor, input: Topic, output: Topic }, (steps) =>
    steps.ask(researcher, 'research').branch(
      'broken',
      () => {
        throw new Error('the branch is broken')
      },
      (yes) => yes,
      (no) => no,
    ),
  )
  const newsroom = team('newsroom', {
    colleagues: [researcher, editor],
    playbooks: [failing],
    policies: withoutTools(),
  })
  await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
  const task = await run.publish('brief', { topic: 'tides' })
  await run.idle()
  expect(await run.operations.task(task.id)).toMatchObject({ status: 'failed', error: { code: 'dead-letter' } })
  expect(await run.operations.inbox('editor')).toMatchObject([
    { tool: 'acknowledge', task: task.id, arguments: { code: 'dead-letter' } },
  ])
})

it('ends a task at once whose playbook reads the clock, and says which guard does', async () => {
  const gambling = playbook('brief@1.0.0', { owner: editor, input: Topic, output: Topic }, (steps) =>
    steps.ask(researcher, 'research').branch(
      'isEven',
      () => Date.now() % 2 === 0,
      (yes) => yes,
      (no) => no,
    ),
  )
  const newsroom = team('newsroom', {
    colleagues: [researcher, editor],
    playbooks: [gambling],
    policies: withoutTools(),
  })
  await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
  const task = await run.publish('brief', { topic: 'tides' })
  await run.idle()
  expect(await run.operations.task(task.id)).toMatchObject({
    status: 'failed',
    error: { code: 'dead-letter', path: expect.stringContaining('isEven') as never },
  })
})

function withoutTools(): Record<string, string> {
  return {
    'newsroom.cedar': policies['newsroom.cedar'].replace(/@id\("the researcher may search"\)\npermit [^;]*;/, ''),
  }
}
