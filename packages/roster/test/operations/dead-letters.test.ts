import { expect, it } from 'vitest'
import { z } from 'zod'

import { colleague, person, playbook, team } from '../../src/index.ts'
import { rehearse, scripted } from '../../src/testing.ts'

const Topic = z.object({ topic: z.string() })
const editor = person('editor', { role: 'editor' })
const researcher = colleague('researcher@1.0.0', {
  owner: editor,
  role: 'researcher',
  model: scripted({ research: { topic: 'tides' } }),
  accepts: { research: { input: Topic, output: Topic, instructions: 'Search.' } },
})

/** A team whose playbook has a defect that is mended while it works. */
function mendable() {
  const defect = { there: true }
  const brief = playbook('brief@1.0.0', { owner: editor, input: Topic, output: Topic }, (steps) =>
    steps.ask(researcher, 'research').branch(
      'broken',
      () => {
        if (defect.there) throw new Error('the branch is broken')
        return true
      },
      (yes) => yes,
      (no) => no,
    ),
  )
  const policies = { 'all.cedar': '@id("all")\npermit (principal, action, resource);' }
  return { defect, newsroom: team('newsroom', { colleagues: [researcher, editor], playbooks: [brief], policies }) }
}

it('a dead letter says what was set aside, and is sent again once, as a new task with the same input', async () => {
  const { defect, newsroom } = mendable()
  await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
  const { operations } = run
  const { id } = await run.publish('brief', { topic: 'tides' })
  await run.idle()
  const [letter, ...others] = await operations.deadLetters()
  expect(others).toEqual([])
  expect(letter).toMatchObject({
    task: id,
    stream: `newsroom/task/${id}`,
    because: expect.stringContaining('broken') as never,
  })
  const record = letter?.record ?? ''

  defect.there = false
  const again = await operations.resend({ record, by: 'editor' })
  expect(again).toMatchObject({ known: false })
  expect(await operations.resend({ record, by: 'editor' })).toEqual({ ...again, known: true })
  await run.idle()
  expect(await operations.task(again.task)).toMatchObject({ status: 'done', requester: 'client' })
  expect(await operations.tasks()).toHaveLength(2)
})

it('only a person of the team sends a dead letter again, and only a dead letter', async () => {
  const { newsroom } = mendable()
  await using run = await rehearse(newsroom, { people: { editor: 'wait' } })
  await run.publish('brief', { topic: 'tides' })
  await run.idle()
  const record = (await run.operations.deadLetters())[0]?.record ?? ''
  await expect(run.operations.resend({ record, by: 'researcher' })).rejects.toMatchObject({ code: 'denied' })
  await expect(run.operations.resend({ record: 'none', by: 'editor' })).rejects.toMatchObject({
    code: 'unknown-record',
  })
  const stepped = (await run.operations.log()).find(({ envelope }) => envelope.kind === 'stepped')?.envelope.id ?? ''
  await expect(run.operations.resend({ record: stepped, by: 'editor' })).rejects.toMatchObject({
    code: 'unknown-record',
  })
})
