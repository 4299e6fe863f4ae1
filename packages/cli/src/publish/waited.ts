import type { Operations } from 'roster/client'

import type { Call } from '../command/call.ts'
import type { PeopleScript } from '../team/team-module.ts'
import { awaitTask } from './await-task.ts'
import { publishedOf, stillRunning, type Published } from './published.ts'

export interface WaitOptions {
  readonly timeout: number
}

/** Waits for a task as the options say, and says how it stands. */
export async function waited(call: Call<WaitOptions>, operations: Operations, task: string): Promise<Published> {
  const { options, world, answer, during } = call
  const people = await peopleOf(call)
  const untilMs = world.now() + options.timeout
  const summary = await during(`Waiting for task ${task}`, () =>
    awaitTask(operations, {
      task,
      untilMs,
      now: world.now,
      people,
      played: ({ item, decision }) =>
        answer.note(`${item.person} ${decision} ${item.tool}, played by the team's script.`),
    }),
  )
  return summary.status === 'running' || summary.status === 'queued'
    ? stillRunning(summary, options.timeout)
    : publishedOf(summary)
}

/** The script that plays the people, if they are to be played. That there is none is said, also beside JSON: nothing is approved then. */
async function peopleOf({ options, team, world: { terminal } }: Call<WaitOptions>): Promise<PeopleScript | undefined> {
  if (options.yes !== true) return undefined
  const { people } = await team()
  if (people === undefined)
    terminal.errors.write('The team exports no function "people": nobody is played, and nothing is approved.\n')
  return people
}
