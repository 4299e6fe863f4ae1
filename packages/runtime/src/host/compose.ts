import {
  amounts,
  colleagueOf,
  draftRecord,
  grantOfApproval,
  least,
  nothing,
  overtimeBudget,
  parseStream,
  seal,
  streamName,
  system,
  useOfApproval,
  windowAmounts,
  type Actor,
  type Amounts,
  type Approval,
  type AppendRequest,
  type BudgetChange,
  type Fence,
  type Message,
  type NewPending,
  type Team,
} from '@roster/core'

import type { Move } from './decide.ts'
import type { EffectBody, Item } from './item.ts'
import { withdrawnBy } from './noting.ts'
import type { HostOptions, TransitionPorts } from './ports.ts'
import { denialRow, effectRow, messageRow, timerRow } from './rows.ts'

/** What one transition is to store, and the actor after it. */
export interface Composed {
  readonly request: AppendRequest
  readonly next: Actor
}

/** What the host knows beside the decision. */
export interface Facts {
  /** `null` for a task under a coordinator, which keeps its delays itself. */
  readonly fence: Fence | null
  /** In milliseconds since 1970. */
  readonly now: number
  /** Names the leases of effects. */
  readonly token: string
  /** What the task of a job that begins has left. */
  readonly left: Amounts | undefined
  /** Whether nothing is done in the name of the actor's colleague: the system acts then. @defaultValue false */
  readonly revoked?: boolean
  /** Budgets of windows against which its effects hold too. @defaultValue none */
  readonly windows?: readonly string[]
}

/** Puts a move into one append: the sealed record, what it causes, what it consumes, and what it holds and settles. */
// oxlint-disable-next-line max-params, complexity -- the parts of one transition, joined once; each is one optional field
export function compose(
  ports: TransitionPorts,
  options: HostOptions,
  actor: Actor,
  item: Item,
  move: Move,
  facts: Facts,
): Composed {
  const { step } = move
  const record = seal(
    draftRecord(
      actor,
      move.kind,
      item.stimulus,
      effectless(move),
      {
        id: ports.ids.id(),
        tenant: ports.store.tenant,
        at: facts.now,
        host: options.name,
        build: options.build,
        decisions: move.decisions,
        colleague: facts.revoked === true ? system : whoIs(ports.team, actor.stream),
        ...optional('key', facts.revoked === true ? undefined : ports.keyOf?.(parseStream(actor.stream).name)),
        ...optional('place', item.answer?.place),
        ...optional('used', item.answer?.used),
        ...optional('evidence', item.answer?.evidence),
        ...optional('error', move.error),
        ...optional('about', aboutOf(actor, move)),
      },
      ports.sha256,
    ),
    actor.hash,
    ports.ids.salt(),
    ports.sha256,
  )
  const final = step?.outcome != null
  const request: AppendRequest = {
    stream: actor.stream,
    expected: actor.version === 0 ? 'no-stream' : actor.version,
    fence: facts.fence,
    // A coordinator's delay has no row: the expected version says whether it was taken before.
    cause:
      facts.fence === null && item.stimulus.source === 'timer'
        ? null
        : { id: item.row.id, ...optional('lease', item.row.lease?.token) },
    record,
    pending: rowsOf(actor, move, options, facts),
    cancel: step?.cancelled ?? [],
    budget: budgetChanges(actor, item, move, facts),
    final,
  }
  const next = {
    ...actor,
    version: actor.version + 1,
    hash: record.hash,
    state: step?.next ?? actor.state,
    snapshot: step?.snapshot ?? actor.snapshot,
    final,
  }
  return { request, next }
}

function whoIs(team: Team, stream: string): string {
  return colleagueOf(team, stream)?.name ?? (parseStream(stream).kind === 'task' ? 'playbook' : system)
}

/** Effects that may not start are not in the record as started; the decisions say that they were asked for. */
function effectless({ step, denied }: Move): Move['step'] {
  return step === null || denied.size === 0
    ? step
    : { ...step, effects: step.effects.filter(({ id }) => !denied.has(id)) }
}

function rowsOf(
  actor: Actor,
  { step, denied }: Move,
  { effectLeaseMs = 0 }: HostOptions,
  { fence, now, token, windows }: Facts,
): readonly NewPending[] {
  if (step === null) return []
  const effects = step.effects.map((effect) => {
    const denial = denied.get(effect.id)
    return denial === undefined
      ? effectRow(actor.stream, effect, { token, ms: effectLeaseMs }, windows)
      : denialRow(actor.stream, effect, denial, now)
  })
  const timers = fence === null ? [] : step.timers.map((timer) => timerRow(actor.stream, timer))
  return [...step.messages.map(messageRow), ...effects, ...timers]
}

// oxlint-disable-next-line max-params -- who does what because of what, and what is known
function budgetChanges(actor: Actor, item: Item, move: Move, { left, windows = [] }: Facts): readonly BudgetChange[] {
  const { step, denied } = move
  const { row, answer, stimulus } = item
  const budget = actor.stream
  const granted = begins(actor, move) && stimulus.source === 'message' ? [grantOf(actor, stimulus.message, left)] : []
  const heldIn = answer === undefined ? [] : [budget, ...((JSON.parse(row.body) as EffectBody).windows ?? [])]
  const settled = heldIn.map((one) => ({
    kind: 'settle' as const,
    budget: one,
    hold: row.id,
    amounts: answer?.used ?? nothing,
  }))
  const held = (step?.effects ?? [])
    .filter(({ id }) => !denied.has(id))
    .flatMap(({ id, hold }) =>
      [budget, ...windows].map((one) => ({ kind: 'hold' as const, budget: one, hold: id, amounts: hold })),
    )
  const closed = step?.outcome == null ? [] : [{ kind: 'close' as const, budget }]
  return [...granted, ...approvalChanges(item, move), ...raised(actor, item, move), ...settled, ...held, ...closed]
}

/**
 * What a person gives more. A job gets it from its task, which gets it too; what a job was given so counts as used up for its task, so that
 * nobody else spends it.
 */
function raised({ stream }: Actor, { stimulus }: Item, { kind }: Move): readonly BudgetChange[] {
  if (stimulus.source !== 'message' || stimulus.message.type !== 'limit.raised' || kind !== 'noted') return []
  const { id, correlationId, payload } = stimulus.message
  const { amounts: given, window = '', overtime } = payload as unknown as Raise
  const all = amounts(given)
  const parts = parseStream(stream)
  if (parts.kind === 'team') return [{ kind: 'raise', budget: window, amounts: all }]
  const open: readonly BudgetChange[] =
    overtime === true
      ? [{ kind: 'grant', budget: overtimeBudget(taskNamed(stream, correlationId)), parent: null, amounts: unbounded }]
      : []
  if (parts.kind === 'task') return [...open, { kind: 'raise', budget: stream, amounts: all }]
  const task = streamName.task(parts.team, correlationId)
  return [
    ...open,
    { kind: 'raise', budget: task, amounts: all },
    { kind: 'hold', budget: task, hold: `raised/${id}`, amounts: all },
    { kind: 'raise', budget: stream, amounts: all },
  ]
}

/** What a person gives more. */
interface Raise {
  readonly amounts: Partial<Amounts>
  /** The window that has more. */
  readonly window?: string
  /** Whether the task goes on although its time is over. */
  readonly overtime?: boolean
}

/** Time is not counted in amounts: once it is given, nothing is in the way. */
const unbounded = windowAmounts({ perMs: 1, amounts: {} })

function taskNamed(stream: string, correlationId: string): string {
  const { kind, name } = parseStream(stream)
  return kind === 'task' ? name : correlationId
}

/** An approval that is recorded now can be used once; those that the effects are started on are used up with it. */
function approvalChanges({ stimulus }: Item, { step, denied, kind }: Move): readonly BudgetChange[] {
  const started = (step?.effects ?? []).filter(({ id }) => !denied.has(id))
  return [
    ...(stimulus.source === 'message' ? decidedBy(stimulus.message, kind) : []),
    ...started.flatMap(({ id, approvals = [] }) => approvals.map((one) => useOfApproval(one, id))),
  ]
}

/** What a person's message does to approvals, if it was taken: a decision gives one, a withdrawal uses it up. */
function decidedBy(message: Message, kind: Move['kind']): readonly BudgetChange[] {
  if (message.type === 'decision' && kind === 'stepped') {
    const approval = message.payload as unknown as Approval
    return approval.decision === 'approved' ? [grantOfApproval(approval)] : []
  }
  const withdrawn = kind === 'noted' ? withdrawnBy(message) : undefined
  return withdrawn === undefined ? [] : [useOfApproval(withdrawn, message.id)]
}

/** Whether a job begins with this. */
function begins({ state, stream }: Actor, { kind }: Move): boolean {
  return state === null && (kind === 'stepped' || kind === 'paused') && parseStream(stream).kind === 'job'
}

/** A job gets the least of what its limits allow, what its asker hands it, and what its task has left. */
function grantOf({ stream, definition }: Actor, message: Message, left: Amounts | undefined): BudgetChange {
  const { budget } = definition.limits
  const handed = message.budget === undefined ? budget : least(budget, message.budget)
  const parent = streamName.task(parseStream(stream).team, message.correlationId)
  return { kind: 'grant', budget: stream, parent, amounts: left === undefined ? handed : least(handed, left) }
}

/** The business keys that a task has come to know with this step, if they are new. */
function aboutOf(actor: Actor, { step }: Move): readonly string[] | undefined {
  const { about } = actor.definition
  if (about === undefined || step === null || step.next.machine.value === null) return undefined
  const known =
    actor.state === null || actor.state.machine.value === null ? [] : about(actor.state.machine.context as never)
  const keys = about(step.next.machine.context as never)
  return keys.length > known.length ? keys : undefined
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: V }
}
