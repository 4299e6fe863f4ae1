import {
  approvalOfBudget,
  candidates,
  canTake,
  checkingPurity,
  colleagueStream,
  failureOf,
  isOvertime,
  isRosterError,
  parseStream,
  streamName,
  subtract,
  whoseWindow,
  type Actor,
  type Amounts,
  type AppendResult,
  type Failure,
  type Fence,
  type StepContext,
  type Terms,
} from '@roster/core'

import { compose, type Composed, type Facts } from './compose.ts'
import { deadLetter, decide, turnedAway, type Known, type Move } from './decide.ts'
import type { Ground } from './ground.ts'
import type { Item } from './item.ts'
import { pausing, tooLittle } from './pausing.ts'
import { revocationOf, revoked } from './revoked.ts'
import { defaultMailboxDepth } from './ports.ts'

/** What became of an item: it is gone; or it is to be offered again after the actor was loaded anew; or it is another's, and stays pending. */
export type Handled = 'done' | 'again' | 'lost'

/**
 * The life of one message in its recipient's host: count the attempt, decide (policy, machine, effects), append, then act.
 *
 * H1 Nothing is done before the append: what is not in the store did not happen.
 * H2 An append that is refused leaves no trace: the actor is dropped, loaded again, and offered the item again.
 * H3 An attempt is given back when its failure was not the item's own.
 */
export async function handle(host: Ground, actor: Actor, item: Item): Promise<Handled> {
  const fence = host.fenceOf(actor.stream)
  if (fence === undefined) return 'lost'
  const attempt = await host.attempts.count(item.row)
  if (attempt === undefined) return 'done'
  const context = contextOf(host)
  const terms = await host.termsOf?.(actor.stream)
  const known = await factsOf(host, actor, item, { fence, now: context.now })
  const facts = { ...known, revoked: revocationOf(actor, terms) !== undefined }
  const decided = await decideAndAppend(host, actor, item, attempt, context, facts, terms)
  if (decided === 'again') return 'again'
  const { move, composed, result } = decided
  if (result.kind === 'appended') return await act(host, composed, item, move, result)
  if (result.kind === 'duplicate') return 'done'
  if (result.kind === 'over-limit') return await overLimit(host, actor, item, move, facts, result)
  await host.attempts.giveBack(item.row, attempt)
  host.observe({ kind: 'reoffered', stream: actor.stream, because: result.kind })
  return result.kind === 'fenced' ? await fenced(host, actor, fence) : 'again'
}

// oxlint-disable-next-line max-params -- what is handled where, under which right and when
async function factsOf(
  host: Ground,
  actor: Actor,
  item: Item,
  { fence, now }: Pick<Facts, 'fence' | 'now'>,
): Promise<Facts> {
  const windows = await host.windowsOf?.(actor.stream, taskOf(actor, item), now)
  const left = await budgetLeft(host, actor, item)
  return { fence, now, token: host.token, left, ...(windows === undefined ? {} : { windows }) }
}

/** Whose work it is: the task's id, or nothing. */
function taskOf({ stream, state }: Actor, { stimulus }: Item): string {
  const { kind, name } = parseStream(stream)
  if (kind === 'task') return name
  return state?.origin?.correlationId ?? (stimulus.source === 'message' ? stimulus.message.correlationId : '')
}

interface Appended extends Decided {
  readonly result: AppendResult
}

/** Where the store says that an approval was used up by another act meanwhile, it is decided again without it. */
// oxlint-disable-next-line max-params -- the parts of one decision, passed on once
async function decideAndAppend(
  host: Ground,
  actor: Actor,
  item: Item,
  attempt: number,
  context: StepContext,
  facts: Facts,
  terms: Terms | undefined,
): Promise<Appended | 'again'> {
  const spent = new Set<string>()
  const known = terms === undefined ? { spent } : { spent, terms }
  for (;;) {
    const decided = tryDecide(host, actor, item, attempt, context, facts, known)
    if (decided === 'again') return 'again'
    const result = await append(host, decided.composed)
    const used = result.kind === 'over-limit' ? approvalOfBudget(result.budget) : undefined
    if (used === undefined) return { ...decided, result }
    spent.add(used)
  }
}

/** Under the fence of a new claim it may be tried again. Under the same one it is not ours: another host runs the effect, or the stream is revoked. */
async function fenced(host: Ground, { stream }: Actor, before: Fence | null): Promise<Handled> {
  await host.renew()
  const current = host.fenceOf(stream)
  return current?.epoch === before?.epoch || current === undefined ? 'lost' : 'again'
}

function contextOf(host: Ground): StepContext {
  const { team, sha256, clock } = host.ports
  const addressee: StepContext['addressee'] = (to) => {
    const names = candidates(team, to)
    const chosen = names.toSorted(
      (a, b) => host.load(colleagueStream(team, a)) - host.load(colleagueStream(team, b)),
    )[0]
    return colleagueStream(team, chosen ?? ('role' in to ? to.role : to.name))
  }
  return { sha256, now: clock.now(), addressee }
}

/** What the task of a job that is about to begin has left. */
async function budgetLeft(host: Ground, actor: Actor, { stimulus }: Item): Promise<Amounts | undefined> {
  if (stimulus.source !== 'message' || stimulus.message.type !== 'job.start') return undefined
  const { team } = parseStream(actor.stream)
  const budget = await host.ports.store.budget(streamName.task(team, stimulus.message.correlationId))
  return budget === undefined ? undefined : subtract(subtract(budget.granted, budget.held), budget.used)
}

interface Decided {
  readonly move: Move
  readonly composed: Composed
}

// oxlint-disable-next-line max-params -- the parts of one decision, passed on once
function tryDecide(
  host: Ground,
  actor: Actor,
  item: Item,
  attempt: number,
  context: StepContext,
  facts: Facts,
  known: Known,
): Decided | 'again' {
  const composed = (move: Move): Decided => ({
    move,
    composed: compose(host.ports, host.options, actor, item, move, facts),
  })
  const decided = (): Move =>
    host.options.checkPurity === true
      ? checkingPurity(() => decide(host.ports, actor, item, context, known))
      : decide(host.ports, actor, item, context, known)
  try {
    return composed(
      revoked({ actor, cause: item.stimulus, context, known }) ??
        overflown(host, actor, item, context) ??
        unnamed(actor, item, context) ??
        decided(),
    )
  } catch (error) {
    const failure: Failure = failureOf(error)
    host.observe({ kind: 'attempt-failed', stream: actor.stream, message: item.row.id, attempt, failure })
    // What Roster itself refuses by code is refused every time: trying it again would only cost attempts.
    const hopeless = isRosterError(error) && !error.retryable
    return attempt >= (host.options.maxAttempts ?? 5) || hopeless
      ? composed(deadLetter(host.ports.team, { actor, cause: item.stimulus, context }, failure))
      : 'again'
  }
}

function overflown(host: Ground, actor: Actor, item: Item, context: StepContext): Move | undefined {
  const { mailboxDepth = defaultMailboxDepth } = host.options
  if (item.stimulus.source !== 'message' || !host.overflows(item)) return undefined
  const failure = {
    code: 'mailbox-full',
    message: `${actor.stream} has more than ${mailboxDepth} messages waiting`,
    hint: 'Send it again later.',
  }
  return turnedAway({ actor, cause: item.stimulus, context }, item.stimulus.message, failure)
}

/** A message that no state of the actor names is refused, never dropped in silence. */
function unnamed(actor: Actor, { stimulus }: Item, context: StepContext): Move | undefined {
  if (stimulus.source !== 'message' || actor.state === null || parseStream(actor.stream).kind === 'team')
    return undefined
  const { type } = stimulus.message
  if (type === 'cancel' || canTake(actor, stimulus) !== 'unknown') return undefined
  const failure = {
    code: 'refused',
    message: `no state of ${actor.definition.id} names "${type}"`,
    path: '/type',
    hint: 'Send what it accepts; `roster check` prints it.',
  }
  return turnedAway({ actor, cause: stimulus, context }, stimulus.message, failure)
}

async function append(host: Ground, { request }: Composed): Promise<AppendResult> {
  const [result] = await host.ports.store.append([request])
  if (result === undefined) throw new TypeError('an append answered nothing')
  return result
}

/** Its effects cannot be paid for: the step is stored, they are kept in it, and a person is told that a limit must be raised. */
// oxlint-disable-next-line max-params -- the parts of one handling, passed on once
async function overLimit(
  host: Ground,
  actor: Actor,
  item: Item,
  move: Move,
  facts: Facts,
  reached: Extract<AppendResult, { kind: 'over-limit' }>,
): Promise<Handled> {
  const error: Failure = {
    code: 'over-limit',
    message: reachedText(reached),
    hint: raiseHint(reached.budget),
  }
  const message = item.stimulus.source === 'message' ? item.stimulus.message : undefined
  if ((move.step?.effects ?? []).length > 0) {
    const encounter = { actor, cause: item.stimulus, context: contextOf(host) }
    const waiting = move.kind === 'noted' ? tooLittle(move, error) : pausing(host.ports.team, encounter, move, error)
    const handled = await store(host, actor, item, waiting, facts)
    if (handled !== 'over-limit') return handled
  }
  // Not even its own grant can be paid for: it does not begin, and whoever asked is told.
  if (message === undefined || actor.state !== null)
    throw new TypeError(`${actor.stream}: ${reached.limit} was reached without an effect to deny`)
  const away = turnedAway({ actor, cause: item.stimulus, context: contextOf(host) }, message, error)
  const handled = await store(host, actor, item, away, facts)
  return handled === 'over-limit' ? 'again' : handled
}

function reachedText({ budget, limit }: Extract<AppendResult, { kind: 'over-limit' }>): string {
  return isOvertime(budget) ? 'the wall time of the task is over' : `${limit} of ${budget} is used up`
}

function raiseHint(budget: string): string {
  if (isOvertime(budget))
    return 'Let it go on all the same: `roster budget raise <task> --overtime`; or `roster task cancel`.'
  const whose = whoseWindow(budget)
  return whose === undefined
    ? 'Raise it: `roster budget show` says what is used, `roster budget raise` gives more.'
    : `Raise it: \`roster budget show\` says what is used, \`roster budget raise ${whose}\` gives more until the next stretch begins.`
}

// oxlint-disable-next-line max-params -- the parts of one handling, passed on once
async function store(
  host: Ground,
  actor: Actor,
  item: Item,
  move: Move,
  facts: Facts,
): Promise<Handled | 'over-limit'> {
  const composed = compose(host.ports, host.options, actor, item, move, facts)
  const result = await append(host, composed)
  if (result.kind === 'appended') return await act(host, composed, item, move, result)
  if (result.kind === 'over-limit') return 'over-limit'
  return result.kind === 'duplicate' ? 'done' : 'again'
}

// oxlint-disable-next-line max-params -- the parts of one handling, passed on once
async function act(
  host: Ground,
  composed: Composed,
  item: Item,
  move: Move,
  result: Extract<AppendResult, { kind: 'appended' }>,
): Promise<Handled> {
  const { request, next } = composed
  const { record } = request
  host.observe({
    kind: 'appended',
    stream: request.stream,
    version: result.version,
    position: result.position,
    record: move.kind,
    recordId: record.id,
    task: record.correlationId,
    colleague: parseStream(request.stream).name,
    after: next.state?.machine.value ?? null,
    cause: item.row.type,
    final: request.final,
  })
  await host.keep(composed)
  host.withdraw(request.cancel)
  host.attempts.handOver(request.pending)
  for (const { type, kind, to } of move.step?.messages ?? []) if (type === 'job.start') host.actors.expect(to, kind)
  host.deliver(request.pending)
  return 'done'
}
