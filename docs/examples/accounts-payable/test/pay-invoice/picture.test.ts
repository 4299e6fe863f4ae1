import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { picture } from './picture.ts'

it('draws the playbook as the README shows it', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(/```mermaid\n([\s\S]*?)\n```/.exec(readme)?.[1]).toBe(picture())
})
