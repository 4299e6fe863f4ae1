import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'

const { KEYWORD, KEYWORD_LIST, INT } = SearchAttributeType

/** By what tasks are found among a server's workflows: `RosterPlaybook = 'pay-invoice' AND RosterWaitingOn = 'controller'`. */
export const attributes = {
  team: defineSearchAttributeKey('RosterTeam', KEYWORD),
  playbook: defineSearchAttributeKey('RosterPlaybook', KEYWORD),
  version: defineSearchAttributeKey('RosterVersion', KEYWORD),
  /** Name of whoever published it. */
  requester: defineSearchAttributeKey('RosterRequester', KEYWORD),
  /** Names of the people it waits for; none while it waits for nobody. */
  waitingOn: defineSearchAttributeKey('RosterWaitingOn', KEYWORD_LIST),
  /** Business keys: `invoice/4711`. */
  about: defineSearchAttributeKey('RosterAbout', KEYWORD_LIST),
  /** How it ended: `done`, `failed`, `cancelled`, … */
  outcome: defineSearchAttributeKey('RosterOutcome', KEYWORD),
  /** What it cost, in millionths of a US dollar; when it has ended. */
  cost: defineSearchAttributeKey('RosterCostMicroUsd', INT),
} as const

/** The longest keyword that every visibility store of Temporal takes, in characters. */
const longest = 255

/** The most business keys that are shown of one task. */
const most = 50

/** A text as a keyword: cut where it is too long to be one. */
export function keyword(text: string): string {
  return text.slice(0, longest)
}

/** Business keys as keywords: what is too long to be one is left out, since half a key names something else. */
export function keywords(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter(({ length }) => length > 0 && length <= longest).slice(0, most)
}
