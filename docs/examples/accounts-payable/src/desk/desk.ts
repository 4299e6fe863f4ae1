import { connectOperations, openTeam, type Operations } from 'roster/client'
import type { TeamOf } from 'roster'

/** A team at work, in this process or in the one that holds the folder. */
export interface Desk extends AsyncDisposable {
  readonly operations: Operations
  readonly hostedElsewhere: boolean
  /** Rejects when the team cannot go on: a disk that is full, a store that is gone. */
  readonly idle: () => Promise<void>
}

/** Puts the team to work in a folder; where another process holds it, that one does the work. */
export async function openDesk(team: TeamOf, folder: string): Promise<Desk> {
  const running = await connectOperations(folder)
  if (running !== undefined) {
    return {
      operations: running,
      hostedElsewhere: true,
      idle: () => Promise.resolve(),
      [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
    }
  }
  const opened = await openTeam(team, { folder, message: 'npm start' })
  return {
    operations: opened,
    hostedElsewhere: false,
    idle: () => opened.idle(),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
