import { canonical, type NewPending } from '@roster/core'

type Parts = Partial<Omit<NewPending, 'id' | 'kind'>>

/** A message to `acme/agent/ada` from a task, unless told otherwise. */
export function newMessage(id: string, parts: Parts = {}): NewPending {
  return pending(id, 'message', 'work', { sender: 'acme/task/1', ...parts })
}

/** A timer of `acme/agent/ada`, due at 1,000 unless told otherwise. */
export function newTimer(id: string, parts: Parts = {}): NewPending {
  return pending(id, 'timer', 'reminded', { dueAt: 1000, ...parts })
}

/** An effect of `acme/agent/ada` that is nobody's yet, unless told otherwise. */
export function newEffect(id: string, parts: Parts = {}): NewPending {
  return pending(id, 'effect', 'use', parts)
}

function pending(id: string, kind: NewPending['kind'], type: string, parts: Parts): NewPending {
  const stream = parts.stream ?? 'acme/agent/ada'
  const rest = {
    sender: stream,
    type,
    control: false,
    dueAt: null,
    expiresAt: null,
    body: canonical({ id }),
    lease: null,
  }
  return { ...rest, ...parts, id, kind, stream }
}
