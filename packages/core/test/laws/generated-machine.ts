import fc from 'fast-check'
import { and, assign, not, or, raise, setup, stateIn, type AnyStateMachine } from 'xstate'

/** A state as it is generated: its kind, and what is in it. */
interface Shape {
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'shallow' | 'deep'
  readonly children: readonly Shape[]
  readonly initial: number
}

/** What a transition is generated from; numbers choose among what the machine turns out to have. */
interface Edge {
  readonly from: number
  readonly on: 'always' | 'done' | (typeof descriptors)[number]
  readonly to: number | null
  readonly guard: Guard
  readonly actions: readonly Action[]
  readonly reenter: boolean
}

type Guard =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline' | 'named'; readonly modulus: number; readonly rest: number }
  | { readonly kind: 'in'; readonly state: number }
  | { readonly kind: 'not'; readonly of: Guard }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Guard[] }

type Action = 'count' | 'reset' | 'raise-a' | 'raise-b'

const descriptors = ['a', 'b', 'c.x', 'c.x.y', 'c.*', 'c.x.*', '*'] as const

/** Events that a generated machine may be sent; some are named by no generated descriptor but `*`. */
export const events: readonly string[] = ['a', 'b', 'c', 'c.x', 'c.x.y', 'c.z', 'd']

/** All that a machine is built from, as data that fast-check can shrink. */
export interface Plan {
  readonly root: Shape
  readonly edges: readonly Edge[]
}

const guard = fc.letrec<{ guard: Guard }>((tie) => ({
  guard: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<Guard>({ kind: 'none' }),
    fc.record({
      kind: fc.constantFrom('inline' as const, 'named' as const),
      modulus: fc.integer({ min: 2, max: 3 }),
      rest: fc.integer({ min: 0, max: 1 }),
    }),
    fc.record({ kind: fc.constant('in' as const), state: fc.nat(30) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('guard') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('guard'), { minLength: 1, maxLength: 2 }),
    }),
  ),
})).guard

const shape = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: 'medium', maxDepth: 4, withCrossShrink: true },
    fc.record({
      kind: fc.constantFrom(
        'atomic' as const,
        'atomic' as const,
        'final' as const,
        'shallow' as const,
        'deep' as const,
      ),
      children: fc.constant([]),
      initial: fc.constant(0),
    }),
    fc.record({
      kind: fc.constantFrom('compound' as const, 'compound' as const, 'parallel' as const),
      children: fc.array(tie('shape'), { minLength: 1, maxLength: 3 }),
      initial: fc.nat(2),
    }),
  ),
})).shape

const edge: fc.Arbitrary<Edge> = fc.record({
  from: fc.nat(30),
  on: fc.oneof(
    { arbitrary: fc.constantFrom(...descriptors), weight: 8 },
    { arbitrary: fc.constantFrom('always' as const, 'done' as const), weight: 2 },
  ),
  to: fc.option(fc.nat(30), { freq: 5 }),
  guard,
  actions: fc.array(fc.constantFrom<Action>('count', 'count', 'reset', 'raise-a', 'raise-b'), { maxLength: 2 }),
  reenter: fc.boolean(),
})

export const plan: fc.Arbitrary<Plan> = fc.record({
  root: fc.record({
    kind: fc.constantFrom('compound' as const, 'compound' as const, 'parallel' as const),
    children: fc.array(shape, { minLength: 2, maxLength: 4 }),
    initial: fc.nat(3),
  }),
  edges: fc.array(edge, { minLength: 3, maxLength: 25 }),
})

interface Built {
  readonly id: string
  readonly shape: Shape
  readonly config: Record<string, unknown>
}

/** Lines of the journal that a machine keeps in its context: which states were left and entered, in which order. */
const journalLength = 12

/** The machine of a plan. Its context is a counter and a journal, so that the order of actions shows in it. */
export function machineOf({ root, edges }: Plan): AnyStateMachine {
  const nodes: Built[] = []
  const config = build(root, 'm', nodes)
  const sources = nodes.filter(({ shape: { kind } }) => kind !== 'shallow' && kind !== 'deep')
  const targets = nodes.slice(1)
  const parallels = new Set(nodes.flatMap(({ id, config: { type } }) => (type === 'parallel' ? [id] : [])))
  for (const one of edges) {
    const from = pick(sources, one.from)
    const to = one.to === null ? undefined : pick(targets, one.to)
    if (to === undefined || !isLost(from.id, to, parallels)) connect(one, from, to, nodes)
  }
  return setup({
    types: { context: {} as Context },
    guards: {
      rest: ({ context }, { modulus, rest }: { modulus: number; rest: number }) => context.n % modulus === rest,
    },
  }).createMachine({
    ...config,
    id: 'm',
    context: { n: 0, journal: [] },
    output: ({ context }: { context: Context }) => context.n,
    options: { maxIterations: 60 },
  } as never) as unknown as AnyStateMachine
}

interface Context {
  readonly n: number
  readonly journal: readonly string[]
}

function build(given: Shape, id: string, nodes: Built[]): Record<string, unknown> {
  const config: Record<string, unknown> = { id }
  nodes.push({ id, shape: given, config })
  if (given.kind === 'shallow' || given.kind === 'deep')
    return Object.assign(config, { type: 'history', history: given.kind })
  Object.assign(config, { entry: noted(`+${id}`), exit: noted(`-${id}`), on: {} })
  if (given.kind === 'final')
    return Object.assign(config, { type: 'final', output: ({ context }: { context: Context }) => context.n })
  if (given.kind === 'atomic') return config
  const children = given.children.map((child) => proper(child, given.kind))
  const states = Object.fromEntries(
    children.map((child, index) => [`s${index}`, build(child, `${id}.s${index}`, nodes)]),
  )
  const isRegion = ({ kind }: Shape): boolean => kind !== 'shallow' && kind !== 'deep'
  if (given.kind === 'parallel') {
    const regions = children.some(isRegion) ? states : { ...states, rest: {} }
    return Object.assign(config, { type: 'parallel', states: regions })
  }
  // A history state is entered by a transition, never at first.
  const firsts = children.flatMap((child, index) => (isRegion(child) ? [`s${index}`] : []))
  if (firsts.length > 0) return Object.assign(config, { initial: pick(firsts, given.initial), states })
  return Object.assign(config, { initial: 'rest', states: { ...states, rest: {} } })
}

/** A transition into the history of a parallel state from within it, which is refused when a machine is loaded: XState loses the state. */
function isLost(from: string, { id, shape: { kind } }: Built, parallels: ReadonlySet<string>): boolean {
  const parent = id.slice(0, id.lastIndexOf('.'))
  return (kind === 'shallow' || kind === 'deep') && parallels.has(parent) && `${from}.`.startsWith(`${parent}.`)
}

/** A region of a parallel state is no final state. */
function proper(child: Shape, parent: Shape['kind']): Shape {
  return parent === 'parallel' && child.kind === 'final' ? { ...child, kind: 'atomic' } : child
}

function connect(given: Edge, from: Built, to: Built | undefined, nodes: readonly Built[]): void {
  const ends = from.shape.kind === 'compound' || from.shape.kind === 'parallel'
  if (given.on === 'done' && !ends) return
  const onEvent = given.on !== 'always' && given.on !== 'done'
  const place = onEvent ? (from.config['on'] as Record<string, unknown>) : from.config
  const name = given.on === 'done' ? 'onDone' : given.on
  place[name] = [...((place[name] as unknown[] | undefined) ?? []), transitionOf(given, to, nodes)]
}

function transitionOf(
  { guard: given, actions, reenter }: Edge,
  to: Built | undefined,
  nodes: readonly Built[],
): object {
  return {
    ...(to === undefined ? {} : { target: `#${to.id}` }),
    ...(given.kind === 'none' ? {} : { guard: guardOf(given, nodes) }),
    ...(actions.length === 0 ? {} : { actions: actions.map(actionOf) }),
    reenter,
  }
}

function guardOf(given: Guard, nodes: readonly Built[]): unknown {
  switch (given.kind) {
    case 'none':
      return () => true
    case 'inline':
      return ({ context }: { context: Context }) => context.n % given.modulus === given.rest
    case 'named':
      return { type: 'rest', params: { modulus: given.modulus, rest: given.rest } }
    case 'in':
      return stateIn(`#${pick(nodes, given.state).id}`)
    case 'not':
      return not(guardOf(given.of, nodes) as never)
    case 'and':
      return and(given.of.map((one) => guardOf(one, nodes)) as never)
    case 'or':
      return or(given.of.map((one) => guardOf(one, nodes)) as never)
  }
}

function actionOf(action: Action): unknown {
  if (action === 'count') return assign({ n: ({ context }) => ((context as Context).n + 1) % 7 })
  if (action === 'reset') return assign({ n: 0 })
  return raise({ type: action === 'raise-a' ? 'a' : 'b' })
}

function noted(line: string): unknown {
  return assign({ journal: ({ context }) => [...(context as Context).journal, line].slice(-journalLength) })
}

function pick<T>(from: readonly T[], index: number): T {
  return from[index % from.length] as T
}
