import type { People } from './drive.ts'
import { people } from './people-script.ts'

/** Plays the people, and says so in their reasons. */
export const scriptedPeople: People = {
  by: 'script',
  decide(item) {
    const decision = people(item)
    return Promise.resolve(decision === undefined ? undefined : { decision, reason: 'played by a script' })
  },
}
