import { limitIds, type Amounts, type Budget } from '@roster/core'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { textArray } from '../sql-array.ts'
import type { Int8 } from '../tables.ts'

/** A budget by its id; `undefined` when there is none. */
export type ReadBudget = (id: string) => Promise<Budget | undefined>

interface Row {
  readonly id: string
  readonly granted: readonly Int8[]
  readonly held: readonly Int8[]
  readonly used: readonly Int8[]
}

/** Reads budgets. Those asked for in one turn of the event loop are one select: a host asks for one with each job that begins. */
export function budgetReader({ kysely }: Database, tenant: string): ReadBudget {
  let gathered: { readonly ids: string[]; readonly found: Promise<ReadonlyMap<string, Row>> } | undefined

  function gather(): NonNullable<typeof gathered> {
    const ids: string[] = []
    const found = new Promise<void>((resolve) => void setImmediate(resolve)).then(() => {
      gathered = undefined
      return read(ids)
    })
    return { ids, found }
  }

  async function read(ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const { rows } = await sql<Row>`select "id", "granted", "held", "used" from roster.budgets
      where tenant = ${tenant} and id = any(${textArray(ids)})`.execute(kysely)
    return new Map(rows.map((row) => [row.id, row]))
  }

  return async (id) => {
    gathered ??= gather()
    const { ids, found } = gathered
    ids.push(id)
    const row = (await found).get(id)
    return row === undefined
      ? undefined
      : { id, granted: amountsIn(row.granted), held: amountsIn(row.held), used: amountsIn(row.used) }
  }
}

function amountsIn(array: readonly Int8[]): Amounts {
  return Object.fromEntries(limitIds.map((id, index) => [id, Number(array[index])])) as Amounts
}
