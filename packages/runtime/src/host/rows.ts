import {
  canonical,
  isControl,
  refuseLarge,
  type EffectRequest,
  type Failure,
  type Message,
  type NewPending,
  type TimerRequest,
} from '@roster/core'

/** The pending row of a message. */
export function messageRow(message: Message): NewPending {
  const body = canonical(message)
  refuseLarge(message, message.to, Buffer.byteLength(body))
  const { id, to, sender, type, expiresAt = null } = message
  return {
    id,
    kind: 'message',
    stream: to,
    sender,
    type,
    control: isControl(type),
    dueAt: null,
    expiresAt,
    body,
    lease: null,
  }
}

/** The pending row of a timer. */
export function timerRow(stream: string, { id, dueAt, event }: TimerRequest): NewPending {
  return {
    id,
    kind: 'timer',
    stream,
    sender: stream,
    type: event.kind,
    control: false,
    dueAt,
    expiresAt: null,
    body: canonical(event),
    lease: null,
  }
}

/** The pending row of an effect, leased to the host that will run it. */
// oxlint-disable-next-line max-params -- whose effect, what it is, who runs it, and where it is held
export function effectRow(
  stream: string,
  { id, ...body }: EffectRequest,
  lease: { readonly token: string; readonly ms: number },
  windows: readonly string[] = [],
): NewPending {
  return {
    id,
    kind: 'effect',
    stream,
    sender: stream,
    type: body.skill,
    control: false,
    dueAt: null,
    expiresAt: null,
    body: canonical(windows.length === 0 ? body : { ...body, windows }),
    lease,
  }
}

/** The row that tells an actor that an effect of its was not allowed to start. It takes the effect's place, so that it ends the same invocation. */
export function denialRow(stream: string, { id, child }: EffectRequest, error: Failure, now: number): NewPending {
  return timerRow(stream, { id, dueAt: now, event: { kind: 'ended', child, error } })
}
