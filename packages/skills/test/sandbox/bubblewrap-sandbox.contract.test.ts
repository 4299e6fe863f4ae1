import { sandboxContract } from '@roster/testing'
import { describe, it } from 'vitest'

import { findBubblewrap } from '../../src/process/bubblewrap.ts'
import { bubblewrapSandbox } from '../../src/sandbox/bubblewrap-sandbox.ts'
import { programs } from './programs.ts'

const bubblewrap = await findBubblewrap()
if (bubblewrap.found) sandboxContract('bubblewrap', () => bubblewrapSandbox(), { programs })
else describe('bubblewrap sandbox', () => it('keeps the contract', ({ skip }) => skip(bubblewrap.reason)))
