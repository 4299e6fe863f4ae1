import { mail } from '@roster/testing'
import { partitionOf } from '@roster/core'
import { describe, expect, it } from 'vitest'

import { decodeMail, encodeMail } from '../../src/wire/envelope.ts'

const subject = 'roster.mailbox.0.agent.acme.from.task.acme/task/1.to.acme/agent/ada'
const partition = partitionOf('acme/agent/ada')
const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const message = JSON.parse(mail('m').body) as Record<string, unknown>
const decode = (value: unknown, under = subject, at = partition): unknown => decodeMail(under, bytes(value), at)

describe('an envelope', () => {
  it('gives the row that was put into it', () => {
    const row = mail('m', { payload: { b: 1, a: ['😀', null] } })
    expect(decode(encodeMail(row))).toEqual(row)
  })

  it('is the documented JSON', () => {
    expect(JSON.parse(encodeMail(mail('m')))).toEqual({ v: 1, stream: 'acme/agent/ada', message })
  })

  it.each([
    ['no JSON', '{"v":1,'],
    ['no object', '[]'],
    ['of another version', { v: 2, stream: 'acme/agent/ada', message }],
    ['without a message', { v: 1, stream: 'acme/agent/ada' }],
    ['with more than is known', { v: 1, stream: 'acme/agent/ada', message, more: true }],
    ['whose message has no id', { v: 1, stream: 'acme/agent/ada', message: { ...message, id: '' } }],
    ['whose message was sent at no time', { v: 1, stream: 'acme/agent/ada', message: { ...message, at: 'now' } }],
    ['whose label is none', { v: 1, stream: 'acme/agent/ada', message: { ...message, label: { integrity: 'high' } } }],
    [
      'from another than its subject says',
      { v: 1, stream: 'acme/agent/ada', message: { ...message, sender: 'acme/agent/eve' } },
    ],
    ['to another than its subject says', { v: 1, stream: 'acme/agent/bob', message }],
  ])('%s is refused', (_, value) => {
    expect(() => decode(value)).toThrow(expect.objectContaining({ code: 'input-invalid', path: subject }))
  })

  it('of another partition is refused', () => {
    expect(() => decode(encodeMail(mail('m')), subject, (partition + 1) % 16)).toThrow(
      `belongs to partition ${partition}`,
    )
  })

  it('that is no UTF-8 is refused', () => {
    expect(() => decodeMail(subject, new Uint8Array([0xff, 0xfe]), partition)).toThrow('not JSON in UTF-8')
  })

  it('of more than 66 KiB is refused without being read', () => {
    expect(() => decode('x'.repeat(70_000))).toThrow(expect.objectContaining({ code: 'message-too-large' }))
  })
})
