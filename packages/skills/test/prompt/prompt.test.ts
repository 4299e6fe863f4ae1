import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { answerSchema, parseAnswer } from '../../src/prompt/answer-format.ts'
import { situationOf } from '../../src/prompt/situation.ts'
import { toolAliases } from '../../src/prompt/tool-alias.ts'
import { jsonSchemaOf } from '../../src/index.ts'

describe('what a model is told', () => {
  it('grows at its end only, so that a provider can cache what was before', () => {
    const before = situationOf({
      input: { b: 1, a: 2 },
      conversation: [{ role: 'assistant', calls: [{ id: '1', tool: 't', input: {} }] }],
    })
    const after = situationOf({
      input: { a: 2, b: 1 },
      conversation: [
        { role: 'assistant', calls: [{ id: '1', tool: 't', input: {} }] },
        { role: 'tool', call: '1', tool: 't', output: 3 },
      ],
    })
    expect(after.startsWith(before)).toBe(true)
    expect(after.slice(before.length)).toBe('\n- result {"call":"1","output":3,"tool":"t"}')
  })
})

describe('the form of an answer', () => {
  it('is the contract’s own schema where that is an object', () => {
    const schema = jsonSchemaOf(z.object({ a: z.number() }))
    expect(answerSchema(schema)).toBe(schema)
    expect(parseAnswer('{"a":1}', schema)).toEqual({ value: { a: 1 } })
  })

  it('is an object around anything else, with the definitions where references find them', () => {
    const node = z.object({ name: z.string() }).meta({ id: 'Node' })
    const schema = jsonSchemaOf(z.union([node, z.null()]))
    expect(answerSchema(schema)).toMatchObject({
      type: 'object',
      properties: { answer: {} },
      $defs: { Node: { type: 'object' } },
    })
    expect(parseAnswer('{"answer":null}', schema)).toEqual({ value: null })
    expect(parseAnswer('null', schema)).toEqual({ problem: 'the answer has no property answer' })
  })
})

describe('the alias of a tool', () => {
  it('has only characters that providers take, and leads back to its tool', () => {
    const names = ['search', 'search@1.0.0', 'search 1.0.0', 'x'.repeat(80)]
    const { aliasOf, nameOf } = toolAliases(names)
    const aliases = names.map(aliasOf)
    expect(aliases.every((alias) => /^[\w-]{1,64}$/.test(alias))).toBe(true)
    expect(aliases.map(nameOf)).toEqual(names)
    expect(nameOf('invented')).toBe('invented')
  })
})
