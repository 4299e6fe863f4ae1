import { checkTeam } from 'roster/client'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import team from '../../src/team.ts'

it('can do what its roster.lock says: `roster check --write` writes it anew', async () => {
  const { lock, problems } = await checkTeam(team)
  expect(problems).toEqual([])
  expect(lock).toBe(readFileSync(new URL('../../src/roster.lock', import.meta.url), 'utf8'))
})
