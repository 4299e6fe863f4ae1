import { setTimeout as delay } from 'node:timers/promises'
import { isRosterError, type TeamOf } from 'roster'
import { connectOperations, openTeam, type Assembled, type Operations } from 'roster/client'

/** A team at work, in this process or in the one that holds the folder. */
export interface Desk extends AsyncDisposable {
  readonly operations: Operations
  readonly hostedElsewhere: boolean
  /** Rejects when the team cannot go on: a disk that is full, a store that is gone. */
  readonly idle: () => Promise<void>
}

/** How long a folder is waited for that another process opens or closes just now, and how long between two looks, in milliseconds. */
const patienceMs = 30_000
const lookMs = 200

/** Puts the team to work in a folder; where another process holds it, that one does the work. */
export async function openDesk(team: TeamOf, folder: string): Promise<Desk> {
  const until = performance.now() + patienceMs
  for (;;) {
    const running = await connectOperations(folder)
    if (running !== undefined) return beside(running)
    try {
      return here(await openTeam(team, { folder, message: 'npm start' }))
    } catch (error) {
      if (!isRosterError(error, 'store-locked') || performance.now() >= until) throw error
    }
    await delay(lookMs)
  }
}

function beside(operations: Operations & AsyncDisposable): Desk {
  const dispose = () => operations[Symbol.asyncDispose]()
  return { operations, hostedElsewhere: true, idle: () => Promise.resolve(), [Symbol.asyncDispose]: dispose }
}

function here(opened: Assembled): Desk {
  const dispose = () => opened[Symbol.asyncDispose]()
  return { operations: opened, hostedElsewhere: false, idle: () => opened.idle(), [Symbol.asyncDispose]: dispose }
}
