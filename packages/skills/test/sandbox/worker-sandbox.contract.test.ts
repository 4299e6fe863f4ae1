import { sandboxContract } from '@roster/testing'

import { workerSandbox } from '../../src/sandbox/worker-sandbox.ts'
import { programs } from './programs.ts'

sandboxContract('worker', () => workerSandbox(), { programs })
