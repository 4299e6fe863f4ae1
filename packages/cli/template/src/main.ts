import { connect } from 'roster/client'

import newsroom from './team.ts'

const [topic = 'tides'] = process.argv.slice(2)
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

await using roster = await connect(newsroom)
const task = await roster.publish('brief', { topic }, { idempotencyKey: topic })

const { waitingOn } = await roster.operations.settled(task.id, 60_000)
for (const { person, item } of waitingOn) {
  await roster.operations.decide({ item, person, decision: 'approved', reason: 'played by main.ts' })
  say(`${person}: approved (played by this script)`)
}

const { text } = await task.result()
say(text)

const { verified } = await roster.replay(task.id)
say(`\nStepped again, the task and its jobs came out ${verified ? 'the same' : 'different'}.`)
