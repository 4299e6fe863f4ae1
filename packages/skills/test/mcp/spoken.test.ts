import { describe, expect, it } from 'vitest'

import { spoken } from '../../src/mcp/index.ts'

describe('what a person is shown of a server', () => {
  it('is its exact command, with each argument as it is', () => {
    const text = spoken({ name: 'x', command: 'npx', args: ['-y', 'some server', "it's", '$(rm -rf ~)'] })
    expect(text).toContain(String.raw`npx -y 'some server' 'it'\''s' '$(rm -rf ~)'`)
  })

  it('hides nothing: characters that cannot be seen are shown as their codes', () => {
    const text = spoken({ name: 'x', command: 'run', args: ['safe\u202Eevil\u200B\n; rm'] })
    expect(text).toContain(String.raw`'safe\u{202e}evil\u{200b}\u{a}; rm'`)
  })

  it('is never cut', () => {
    const long = 'x'.repeat(10_000)
    expect(spoken({ name: 'x', command: 'run', args: [long, '--danger'] })).toContain(`${long} --danger`)
  })

  it('is what it may read, its environment and its way to the network', () => {
    const text = spoken({ name: 'x', command: 'run', files: ['/srv/a b'], env: { A: '1' }, network: true })
    expect(text).toContain("It may read: '/srv/a b'")
    expect(text).toContain('Its environment: A=1')
    expect(text).toContain('It may reach the network.')
  })
})
