import type { Schema } from '@roster/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { jsonSchemaOf } from '../../src/index.ts'

describe('the JSON schema of a contract', () => {
  it('describes what a schema takes, before it transforms or fills in', () => {
    expect(jsonSchemaOf(z.object({ a: z.string().transform(Number), b: z.number().default(1) }))).toMatchObject({
      properties: { a: { type: 'string' }, b: { type: 'number' } },
      required: ['a'],
    })
  })

  it('shows as anything what JSON Schema cannot express', () => {
    expect(jsonSchemaOf(z.object({ at: z.date() }))).toMatchObject({ properties: { at: {} } })
  })

  it('asks another library by Standard JSON Schema', () => {
    const standard = {
      version: 1,
      vendor: 'other',
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: ({ target }: { target: string }) => ({ type: 'string', $comment: target }) },
    } as const
    expect(jsonSchemaOf({ '~standard': standard })).toEqual({ type: 'string', $comment: 'draft-2020-12' })
  })

  it('names a library that cannot describe itself', () => {
    const mute: Schema = { '~standard': { version: 1, vendor: 'mute', validate: (value) => ({ value }) } }
    expect(jsonSchemaOf(mute)).toEqual({ vendor: 'mute' })
  })
})
