/** How far the other clock is from this one, in milliseconds: another year, month, day, hour, minute, second and millisecond. */
const distanceMs = 34_567_890_123

/** Runs something synchronous in a world in which it is another time, and randomness falls out differently. */
export function elsewhere<T>(run: () => T): T {
  const { Date: here } = globalThis
  // Not every world in which a step is taken has them.
  const { crypto, performance } = globalThis as { readonly crypto?: object; readonly performance?: object }
  const { random } = Math
  // oxlint-disable-next-line roster/no-ambient -- the other clock is told from this one
  const then = (): number => here.now() + distanceMs
  globalThis.Date = new Proxy(here, {
    apply: (): never => new here(then()).toString() as never,
    construct: (_, args: never[]): Date =>
      args.length === 0 ? new here(then()) : (Reflect.construct(here, args) as Date),
    get: (target, key, receiver: unknown) => (key === 'now' ? then : (Reflect.get(target, key, receiver) as unknown)),
  })
  // oxlint-disable-next-line roster/no-ambient -- the other randomness is told from this one
  Math.random = () => (random() + 0.5) % 1
  const restore = [replaced(performance, 'now', then), replaced(crypto, 'randomUUID', () => otherId)]
  try {
    return run()
  } finally {
    globalThis.Date = here
    // oxlint-disable-next-line roster/no-ambient -- put back
    Math.random = random
    for (const undo of restore) undo()
  }
}

const otherId = '00000000-0000-4000-8000-000000000000'

/** Shadows a method of a global object; some worlds have no such object, or keep it as it is. */
function replaced(object: object | undefined, name: string, method: () => unknown): () => void {
  if (object === undefined || Object.hasOwn(object, name) || !Object.isExtensible(object)) return () => {}
  Object.defineProperty(object, name, { value: method, configurable: true })
  return () => void Reflect.deleteProperty(object, name)
}
