import { parseStream, type Envelope, type Projection } from '@roster/core'

/** How one step of a playbook came out on one day (of UTC). Keys: `<playbook>/<step>/<day>`. */
export interface StepRow {
  readonly playbook: string
  /** The id of its invocation. */
  readonly step: string
  /** Days since 1970. */
  readonly day: number
  readonly answered: number
  readonly failed: number
}

/** The day of a time in milliseconds, in days since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / 86_400_000)
}

/** How the steps of playbooks came out, day by day: a fold over the records of tasks. */
export const stepsView: Projection = {
  name: 'steps',
  version: 1,
  keys: ({ stream, envelope }) =>
    parseStream(stream).kind === 'task' ? endingsIn(JSON.parse(envelope) as Envelope).map(keyOf) : [],
  apply({ stream, envelope }, view) {
    if (parseStream(stream).kind !== 'task') return
    for (const ending of endingsIn(JSON.parse(envelope) as Envelope)) {
      const kept = view.get(keyOf(ending))
      const { failed: failing, ...of } = ending
      const row: StepRow = kept === undefined ? { ...of, answered: 0, failed: 0 } : (JSON.parse(kept) as StepRow)
      const counted = failing ? { ...row, failed: row.failed + 1 } : { ...row, answered: row.answered + 1 }
      view.put(keyOf(ending), JSON.stringify(counted))
    }
  },
}

interface Ending extends Pick<StepRow, 'playbook' | 'step' | 'day'> {
  readonly failed: boolean
}

/** The invocations whose end a record tells: the event of a transition names it. */
function endingsIn({ path, who, at }: Envelope): readonly Ending[] {
  const playbook = who.definition.split('@')[0] ?? who.definition
  const ends = path.taken.map(({ event }) => /^xstate\.(done|error)\.actor\.(.+)$/.exec(event))
  const known = ends.flatMap((end) => (end === null ? [] : [{ step: end[2] ?? '', failed: end[1] === 'error' }]))
  // One event may move several regions; it is one end.
  const distinct = new Map(known.map((end) => [end.step, end]))
  return [...distinct.values()].map((end) => ({ playbook, day: dayOf(at), ...end }))
}

function keyOf({ playbook, step, day }: Pick<StepRow, 'playbook' | 'step' | 'day'>): string {
  return `${playbook}/${step}/${day}`
}
