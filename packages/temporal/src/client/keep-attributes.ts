import { RosterError } from '@roster/core'
import type { Connection } from '@temporalio/client'

import { attributes } from '../attributes.ts'
import { alreadyThere, grpcCodeOf } from './grpc-code.ts'

/** The part of a connection with which search attributes are looked at and added. */
export type Operated = Pick<Connection, 'operatorService'>

/**
 * Sees to it that the server knows the search attributes of tasks: adds those that are missing. Doing it again changes nothing.
 *
 * @throws RosterError `coordinator-unprepared`: some are missing and the server does not let us add them, or one of that name has another type.
 */
export async function keepAttributes(connection: Operated, namespace: string): Promise<void> {
  const missing = await missingAttributes(connection, namespace)
  if (missing.length === 0) return
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, types[type].wire]))
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes })
  } catch (error) {
    if (grpcCodeOf(error) === alreadyThere) return
    throw unprepared(namespace, missing, error as Error)
  }
}

/**
 * Which search attributes of tasks the server lacks.
 *
 * @throws RosterError `coordinator-unprepared` where one of that name has another type; `coordinator-unavailable`
 */
export async function missingAttributes(
  { operatorService }: Operated,
  namespace: string,
): Promise<readonly Attribute[]> {
  const wanted = Object.values(attributes)
  const known = await knownTypes(operatorService, namespace)
  const otherwise = wanted.find(({ name, type }) => {
    const number = known[name]
    return number !== undefined && number !== types[type].wire
  })
  if (otherwise !== undefined) throw ofAnotherType(namespace, otherwise)
  return wanted.filter(({ name }) => known[name] === undefined)
}

/** The types of the attributes that a namespace knows, as the server numbers them. */
async function knownTypes(
  operator: Operated['operatorService'],
  namespace: string,
): Promise<Readonly<Record<string, number>>> {
  try {
    return (await operator.listSearchAttributes({ namespace })).customAttributes
  } catch (cause) {
    throw new RosterError(
      'coordinator-unavailable',
      `Temporal's namespace ${namespace} cannot be looked at: ${(cause as Error).message}`,
      {
        path: namespace,
        hint: 'Look whether it is there, and whether you may: temporal operator namespace describe.',
        retryable: true,
        cause,
      },
    )
  }
}

type Attribute = (typeof attributes)[keyof typeof attributes]

function ofAnotherType(namespace: string, { name, type }: Attribute): RosterError {
  return new RosterError(
    'coordinator-unprepared',
    `${name} of Temporal's namespace ${namespace} is no ${types[type].name}`,
    {
      path: name,
      hint: `It is another program's, or was added by hand. Give Roster a namespace of its own (TEMPORAL_NAMESPACE), or remove it: temporal operator search-attribute remove --namespace ${namespace} --name ${name}`,
    },
  )
}

function unprepared(namespace: string, which: readonly Attribute[], cause: Error): RosterError {
  const options = which.map(({ name, type }) => `--name ${name} --type ${types[type].name}`)
  return new RosterError(
    'coordinator-unprepared',
    `Temporal's namespace ${namespace} lacks ${which.map(({ name }) => name).join(', ')}: ${cause.message}`,
    {
      path: namespace,
      hint: `Have whoever may do it add them: temporal operator search-attribute create --namespace ${namespace} ${options.join(' ')}`,
      cause,
    },
  )
}

/** As the server numbers them (`temporal.api.enums.v1.IndexedValueType`), and as its command line spells them. */
const types = {
  KEYWORD: { wire: 2, name: 'Keyword' },
  INT: { wire: 3, name: 'Int' },
  KEYWORD_LIST: { wire: 7, name: 'KeywordList' },
} as const
