/** Thrown by a guard that asks for what only a run can tell. */
class Unknown extends Error {}

/** A value that nobody knows before a run: whatever looks into it throws. */
export const unknowable: object = new Proxy(Object.freeze({}), {
  get: refuse,
  has: refuse,
  ownKeys: refuse,
  getOwnPropertyDescriptor: refuse,
})

/** A value of which only these members are known. */
export function partlyKnown(members: Readonly<Record<string, unknown>>): object {
  return new Proxy(members, {
    get: (known, member) => (typeof member === 'string' && member in known ? known[member] : refuse()),
    ownKeys: refuse,
  })
}

/** What a pure test answers without looking into anything unknowable, or `undefined`. */
export function answerOf(test: () => unknown): boolean | undefined {
  try {
    return Boolean(test())
  } catch {
    // Whatever a guard throws here, it cannot be said what it would have answered.
    return undefined
  }
}

function refuse(): never {
  throw new Unknown('only a run can tell')
}
