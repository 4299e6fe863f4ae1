import { describe, expect, it } from 'vitest'
import { explainFailure } from '../bootstrap/explain.mjs'

describe('a failed installation', () => {
  it.each([
    ['no network', 'request failed, reason: getaddrinfo EAI_AGAIN', /registry cannot be reached/],
    ['a full disk', 'ERR_PNPM_ENOSPC  ENOSPC: no space left on device', /disk is full/],
    ['a full disk, in a narrow terminal', 'No space left\n  on device (os error 28)', /disk is full/],
    ['a folder of somebody else', "EACCES: permission denied, mkdir 'node_modules'", /cannot be written/],
    ['a lock file that is behind', 'ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', /commit pnpm-lock.yaml/],
    ['anything else', 'something new', /ended with code 7/],
  ])('says what to do about %s', (_, output, message) => {
    expect(explainFailure(output, 7)).toMatch(message)
  })
})
