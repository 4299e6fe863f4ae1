import { own } from '../json/own.ts'
import { colleagueOf, type Tool } from '../team/team.ts'
import { labelOf, levelOf, type Inquiry } from './inquiry.ts'

/** The approval that the use of a tool needs, and in words whose. */
export interface UseNeed {
  /** Any role when absent. */
  readonly role?: string
  readonly quorum?: number
  readonly who: string
  readonly because: string
}

/**
 * Which approval the use of a tool needs, if any: by the tool's gate for these arguments; by the level of whoever only proposes; and, for
 * a consequential tool, because of untrusted lineage that nothing vouches for. The last two hold whatever the team's policies say.
 */
export function needOf(inquiry: Inquiry, tool: Tool, endorsed: boolean): UseNeed | null {
  return byGate(inquiry, tool) ?? byLevel(inquiry, tool) ?? byLineage(inquiry, tool, endorsed)
}

function byGate({ effect }: Inquiry, { gate }: Tool): UseNeed | null {
  const need = gate?.(effect.input as never) ?? null
  if (need === null) return null
  const { role, quorum = 1 } = need
  return { ...need, who: quorum === 1 ? `the ${role}` : `each of ${quorum} people in the role ${role}` }
}

function byLevel(inquiry: Inquiry, { consequential }: Tool): UseNeed | null {
  if (!consequential || levelOf(inquiry) !== 'propose') return null
  const { team, actor, principal } = inquiry
  const owner = colleagueOf(team, actor.stream)?.owner ?? ''
  const role = own(team.colleagues, owner)?.role ?? owner
  return { role, who: `the ${role}`, because: `${principal.name} only proposes` }
}

function byLineage(inquiry: Inquiry, { consequential }: Tool, endorsed: boolean): UseNeed | null {
  const { integrity, sources } = labelOf(inquiry)
  if (!consequential || integrity === 'trusted' || endorsed) return null
  const because = `what it has read is not trusted (${sources.join(', ') || 'of unknown source'}) and no check vouches for its arguments`
  return { who: 'a person', because }
}
