import { hash } from 'node:crypto'

import type { Sha256 } from '@roster/core'

/** SHA-256 by `node:crypto`. */
export const sha256: Sha256 = (text) => hash('sha256', text)
