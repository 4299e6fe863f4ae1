import { describe, expect, it } from 'vitest'

import { cacheFolder } from '../../src/program/cache-folder.ts'

describe('the cache of programs', () => {
  it('is where it is told to be, else in the cache folder of the user', () => {
    expect(cacheFolder({ ROSTER_CACHE: '/big/disk', XDG_CACHE_HOME: '/cache' })).toBe('/big/disk')
    expect(cacheFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/roster')
    expect(cacheFolder({})).toMatch(/(\.cache|Library\/Caches)\/roster$/)
  })
})
