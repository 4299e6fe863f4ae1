import type { Picture, PictureState } from '@roster/core'

import { allStates } from './words.ts'

/**
 * The states that are entered first, by the group that they lie in (`''`: the picture). Of a group whose states are all entered by name,
 * the first one says nothing and is left out.
 */
export function firstStates(picture: Picture): ReadonlyMap<string, string> {
  const regions = new Set(
    allStates(picture.states).flatMap(({ kind, states }) => (kind === 'regions' ? states.map(({ id }) => id) : [])),
  )
  const groups = allStates(picture.states).filter((state) => regions.has(state.id) || isEnteredAsSuch(state, picture))
  const all = [{ id: '', initial: picture.initial }, ...groups]
  return new Map(all.flatMap(({ id, initial }) => (initial === null ? [] : [[id, initial] as const])))
}

function isEnteredAsSuch({ id, states }: PictureState, { edges, initial }: Picture): boolean {
  if (id === initial || edges.some(({ to }) => to === id)) return true
  const inside = new Set(allStates(states).map((state) => state.id))
  return !edges.some(({ from, to }) => inside.has(to) && !inside.has(from) && from !== id)
}
