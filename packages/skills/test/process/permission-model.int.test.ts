import { describe, vi } from 'vitest'

import { hostileToolContract } from './harms.ts'

// Without a path no program is found, bubblewrap neither.
vi.stubEnv('PATH', '/nowhere')

describe('a tool in a process under Node’s permission model stands one that', () => {
  hostileToolContract('permission-model', [
    // Only bubblewrap takes the network, and signals to other processes, away; the record says which of them held the tool.
    { what: 'reaches a server', codes: [], answers: 'connected' },
  ])
})
