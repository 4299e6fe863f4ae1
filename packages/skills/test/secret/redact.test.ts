import { describe, expect, it } from 'vitest'

import { redactor } from '../../src/secret/redact.ts'

describe('redaction', () => {
  const { message, text, json } = redactor(['canary-123', '', 'abc', 'canary-123-long'])

  it('takes a secret out of data wherever it is, also out of keys, and changes nothing else', () => {
    expect(json({ 'canary-123': ['x canary-123-long y', 1, null, { a: 'sk-proj-12345678' }] })).toEqual({
      '[redacted]': ['x [redacted] y', 1, null, { a: 'sk-proj-12345678' }],
    })
    expect(text('abc')).toBe('abc')
  })

  it.each([
    ['Incorrect key: sk-proj-a1b2c3d4e5', 'Incorrect key: [redacted]'],
    ['authorization: Bearer abcdef123456', 'authorization: Bearer [redacted]'],
    ['"x-api-key": "abcdef123456"', '"x-api-key": "[redacted]"'],
    ['the task desk is bearer of news', 'the task desk is bearer of news'],
  ])('takes what looks like a key out of a message: %s', (said, shown) => {
    expect(message(said)).toBe(shown)
  })

  it('finds a secret in Base64, in hexadecimal and in a URL', () => {
    const spelled = redactor(['pass/word?1'])
    const bytes = Buffer.from('pass/word?1')
    const said = [
      bytes.toString('base64'),
      bytes.toString('hex'),
      `https://x/?key=${encodeURIComponent('pass/word?1')}`,
    ]
    expect(said.map(spelled.text)).toEqual([
      expect.stringMatching(/^\[redacted\]=*$/),
      '[redacted]',
      'https://x/?key=[redacted]',
    ])
  })
})
