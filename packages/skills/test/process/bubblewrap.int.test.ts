import { describe, it } from 'vitest'

import { findBubblewrap } from '../../src/process/bubblewrap.ts'
import { hostileToolContract } from './harms.ts'

const bubblewrap = await findBubblewrap()

describe('a tool in a process under bubblewrap stands one that', () => {
  if (!bubblewrap.found) {
    it('does harm', ({ skip }) => skip(bubblewrap.reason))
    return
  }
  hostileToolContract('bubblewrap', [
    { what: 'reaches a server', codes: ['ECONNREFUSED', 'ENETUNREACH'] },
    { what: 'takes all memory beside the heap', codes: ['tool-failed', 'ERR_MEMORY_ALLOCATION_FAILED'] },
    // Its parent is the first process of its own namespace: it sees no other, and cannot end that one.
    { what: 'kills its parent', codes: [], answers: 'tried' },
  ])
})
