import { existsSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { inRoot } from '../docs/in-root.ts'
import { allPages, brokenLinks } from '../docs/links.ts'
import { pages } from '../docs/pages.ts'
import { transcluded } from '../docs/transclude.ts'

const made = await pages()

describe('the documentation', () => {
  it.each(made)('has $path as `node scripts/docs/pages.ts` writes it', ({ path, text }) => {
    expect(existsSync(inRoot(path)) ? readFileSync(inRoot(path), 'utf8') : '').toBe(text)
  })

  it.each(allPages())('has no link that leads nowhere in %s', (path) => {
    expect(brokenLinks(path)).toEqual([])
  })

  it('shows the files that it names', () => {
    const team = readFileSync(inRoot('docs/examples/newsroom/src/team.ts'), 'utf8')
    const page = 'before\n<!-- team.ts -->\n\n```ts\nold\n```\n<!-- /team.ts -->\nafter\n'
    expect(transcluded(page)).toBe(`before\n<!-- team.ts -->\n\n\`\`\`ts\n${team}\`\`\`\n<!-- /team.ts -->\nafter\n`)
    expect(transcluded('no marker\n```ts\ncode\n```\n')).toBe('no marker\n```ts\ncode\n```\n')
  })
})
