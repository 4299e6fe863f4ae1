import { actionScope } from './action-scope.ts'
import { schemaToText, type SchemaJson } from './cedar.ts'

const text = { type: 'String' } as const
const texts = { type: 'Set', element: text } as const
const yesOrNo = { type: 'Boolean' } as const

/** What every question says of its circumstances; core's `Question.context`. */
const context = {
  type: 'Record',
  attributes: {
    integrity: text,
    approved: yesOrNo,
    endorsed: yesOrNo,
    consequential: yesOrNo,
    kind: text,
    level: text,
    sources: texts,
    place: text,
  },
} as const

const named = { shape: { type: 'Record', attributes: { name: text } } } as const
const actor = { shape: { type: 'Record', attributes: { name: text, role: text } } } as const

/** The types that policies are checked against. It is the same for every team; the names of a team are checked by `unknownNames`. */
export const schema: SchemaJson<string> = {
  '': {
    entityTypes: {
      Agent: actor,
      Person: actor,
      Task: actor,
      Client: actor,
      System: actor,
      Colleague: actor,
      Tool: named,
      Playbook: named,
      Model: named,
      Approval: named,
      Team: named,
    },
    actions: Object.fromEntries(
      Object.entries(actionScope).map(([action, { principals, resources }]) => [
        action,
        { appliesTo: { principalTypes: [...principals], resourceTypes: [...resources], context } },
      ]),
    ),
  },
}

/** The schema in Cedar's own words, for an editor or `cedar validate`. */
export function schemaText(): string {
  const answer = schemaToText(schema)
  return answer.type === 'success' ? answer.text : ''
}
