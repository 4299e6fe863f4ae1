import { readFileSync } from 'node:fs'

import type { Exported } from 'roster/client'
import { rehearse } from 'roster/testing'
import { beforeAll, describe, expect, it } from 'vitest'

import { misfits } from '../src/chain.ts'
import newsroom from '../src/team.ts'

const page = readFileSync(new URL('../../../reference/record.md', import.meta.url), 'utf8')

/** Fields that not every history has, or that only some records have. */
const rare = { envelope: ['outcome', 'about'], body: ['error', 'evidence'] }

/** The names in the first column of the table under a heading. */
function fieldsUnder(heading: string): readonly string[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? [])
}

function keysOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => Object.keys(JSON.parse(text) as object)))].toSorted()
}

let history: Exported
beforeAll(async () => {
  await using run = await rehearse(newsroom)
  await (await run.publish('brief', { topic: 'tides' })).result()
  history = await run.operations.export()
})

describe('the page about records', () => {
  it('names the fields of the envelope', () => {
    const written = keysOf(history.records.map(({ envelope }) => envelope))
    expect(fieldsUnder('The envelope').toSorted()).toEqual([...new Set([...written, ...rare.envelope])].toSorted())
  })

  it('names the fields of the body', () => {
    const written = keysOf(history.records.flatMap(({ body }) => (body === null ? [] : [body])))
    expect(fieldsUnder('The body').toSorted()).toEqual([...new Set([...written, ...rare.body])].toSorted())
  })

  it('shows how to check the hashes, and that finds what was changed', () => {
    expect(misfits(history)).toEqual([])
    const records = history.records.map((record) =>
      record.position === 8 ? { ...record, envelope: record.envelope.replace('"at":1', '"at":2') } : record,
    )
    expect(misfits({ ...history, records })).toEqual([8])
  })
})
