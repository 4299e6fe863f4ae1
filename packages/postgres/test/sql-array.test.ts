import { PGlite } from '@electric-sql/pglite'
import { afterAll, describe, expect, it } from 'vitest'
import { arrayOids, boolArray, int4Array, int8Array, textArray } from '../src/sql-array.ts'

const pglite = await PGlite.create()
afterAll(() => pglite.close())

async function echoed(type: string, array: Buffer): Promise<unknown> {
  const serializers = Object.fromEntries(arrayOids.map((oid) => [oid, (value: unknown) => value as string]))
  const { rows } = await pglite.query<{ echo: unknown }>(`select $1::${type}[]::text as echo`, [array], { serializers })
  return rows[0]?.echo
}

describe('a binary array', () => {
  it('carries texts, nulls, and bytes that somebody has encoded already', async () => {
    expect(await echoed('text', textArray(['a', null, '', 'ü"\\,{}', Buffer.from('日本')]))).toBe(
      String.raw`{a,NULL,"","ü\"\\,{}",日本}`,
    )
  })

  it('carries integers of four bytes', async () => {
    expect(await echoed('int4', int4Array([0, -1, null, 2_147_483_647]))).toBe('{0,-1,NULL,2147483647}')
  })

  it('carries every safe integer', async () => {
    const { MAX_SAFE_INTEGER, MIN_SAFE_INTEGER } = Number
    expect(await echoed('int8', int8Array([0, -1, 4_294_967_295, 4_294_967_296, -4_294_967_297, null]))).toBe(
      '{0,-1,4294967295,4294967296,-4294967297,NULL}',
    )
    expect(await echoed('int8', int8Array([MAX_SAFE_INTEGER, MIN_SAFE_INTEGER]))).toBe(
      `{${MAX_SAFE_INTEGER},${MIN_SAFE_INTEGER}}`,
    )
  })

  it('carries booleans', async () => {
    expect(await echoed('bool', boolArray([true, false]))).toBe('{t,f}')
  })

  it.each([
    ['text', textArray([])],
    ['int4', int4Array([])],
    ['int8', int8Array([])],
    ['bool', boolArray([])],
  ])('may be empty: %s', async (type, array) => {
    expect(await echoed(type, array)).toBe('{}')
  })
})
