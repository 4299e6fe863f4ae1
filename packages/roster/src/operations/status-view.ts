import { parseStream, type Envelope, type Projection } from '@roster/core'

/** How one step of a playbook came out on one day (of UTC). Keys: `<playbook>/<step>/<day>`. */
export interface StepRow {
  readonly playbook: string
  /** The id of its invocation, or the type of the event of a delay: which steps it ended, the graph tells. */
  readonly step: string
  /** Days since 1970. */
  readonly day: number
  readonly answered: number
  readonly failed: number
  /** How often a delay was over. */
  readonly late: number
}

/** The day of a time in milliseconds, in days since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / 86_400_000)
}

/** How the steps of playbooks came out, day by day: a fold over the records of tasks. */
export const stepsView: Projection = {
  name: 'steps',
  version: 2,
  keys: ({ stream, envelope }) =>
    parseStream(stream).kind === 'task' ? endingsIn(JSON.parse(envelope) as Envelope).map(keyOf) : [],
  apply({ stream, envelope }, view) {
    if (parseStream(stream).kind !== 'task') return
    for (const ending of endingsIn(JSON.parse(envelope) as Envelope)) {
      const kept = view.get(keyOf(ending))
      const { how, ...of } = ending
      const row: StepRow =
        kept === undefined ? { ...of, answered: 0, failed: 0, late: 0 } : (JSON.parse(kept) as StepRow)
      view.put(keyOf(ending), JSON.stringify({ ...row, [how]: row[how] + 1 }))
    }
  },
}

interface Ending extends Pick<StepRow, 'playbook' | 'step' | 'day'> {
  readonly how: 'answered' | 'failed' | 'late'
}

/** What a record tells of the ends of invocations: the event of a transition names one, or the delay that ended it. */
function endingsIn({ path, who, at }: Envelope): readonly Ending[] {
  const playbook = who.definition.split('@')[0] ?? who.definition
  // One event may move several regions; it is one end.
  const events = [...new Set(path.taken.map(({ event }) => event))]
  return events.flatMap((event) => {
    const ended = endedBy(event)
    return ended === undefined ? [] : [{ playbook, day: dayOf(at), ...ended }]
  })
}

function endedBy(event: string): Pick<Ending, 'step' | 'how'> | undefined {
  if (event.startsWith('xstate.after.')) return { step: event, how: 'late' }
  const [, how, step] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event) ?? []
  if (step === undefined) return undefined
  return { step, how: how === 'done' ? 'answered' : 'failed' }
}

function keyOf({ playbook, step, day }: Pick<StepRow, 'playbook' | 'step' | 'day'>): string {
  return `${playbook}/${step}/${day}`
}
