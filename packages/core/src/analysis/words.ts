import type { Addressee } from '../actor/skill.ts'
import type { DecisionSpace, Move } from './decision-space.ts'
import type { Invocation, Moment } from './moment.ts'

/** A way as a list of events, one for each move: `reading: read-invoice answered [isFaulty] -> refused`. */
export function wayInWords({ situations }: DecisionSpace, way: readonly Move[]): readonly string[] {
  return way.map(({ from, to, moments }) => {
    const where = from === null ? '' : `${situations[from]?.name ?? ''}: `
    const guards = moments.flatMap((moment) => (moment.kind === 'held' ? [moment.guard] : []))
    const held = guards.length === 0 ? '' : ` [${guards.join(', ')}]`
    return `${where}${happeningInWords(moments[0])}${held} -> ${situations[to]?.name ?? ''}`
  })
}

/** What starts a move, in words. */
export function happeningInWords(moment: Moment | undefined): string {
  switch (moment?.kind) {
    case 'answered':
      return `${moment.invocation.child} ${moment.decision ?? 'answered'}`
    case 'failed':
      return `${moment.invocation.child} failed`
    case 'late':
      return `after ${Number.isNaN(Number(moment.delay)) ? moment.delay : `${moment.delay} ms`}`
    case 'message':
      return `message ${moment.type}`
    default:
      return 'begun'
  }
}

/** What an invocation does, in words: `ask clerk/read-invoice`, `approve pay by controller`. */
export function skillInWords({ skill }: Pick<Invocation, 'skill'>): string {
  switch (skill.kind) {
    case 'ask':
      return `ask ${addresseeInWords(skill.to)}/${skill.work}`
    case 'approve':
      return `approve ${skill.tool} by ${addresseeInWords(skill.to)}`
    case 'use':
      return `use ${skill.tool ?? 'what it is told to'}`
    case 'tell':
      return `tell ${addresseeInWords(skill.to)} ${skill.event}`
    default:
      return skill.kind
  }
}

function addresseeInWords(to: Addressee): string {
  return 'name' in to ? to.name : `any ${to.role}`
}
