import type { IdSource } from '@roster/core'
import { fixedId } from './fixed-id.ts'
import { sha256 } from './sha256.ts'

/** Ids and salts that follow from a seed: two sources of one seed give the same ones in the same order. */
export function seededIds(seed: string | number): IdSource {
  let ids = 0
  let salts = 0
  return {
    id: () => fixedId(`${seed}/id/${(ids += 1)}`),
    salt: () => sha256(`${seed}/salt/${(salts += 1)}`).slice(0, 32),
  }
}
