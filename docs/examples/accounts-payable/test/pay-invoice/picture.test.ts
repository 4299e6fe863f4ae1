import { pictureOfMember, svg } from '@roster/graph'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import team from '../../src/team.ts'

it('draws the playbook as the README shows it: `roster graph pay-invoice --output pay-invoice.svg` draws it anew', async () => {
  const drawing = readFileSync(new URL('../../pay-invoice.svg', import.meta.url), 'utf8')
  expect(await svg(pictureOfMember(team, 'pay-invoice'))).toBe(drawing)
  expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain('](pay-invoice.svg)')
})
