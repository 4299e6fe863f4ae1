import type { Message } from '../message/message.ts'
import { parseStream, streamName } from '../stream/stream-name.ts'
import type { ActorState } from './actor.ts'

/** An ask of an actor that has not been answered. */
export interface OpenAsk {
  readonly child: string
  readonly cause: string
  readonly to: string
}

/** The open ask that a reply names, whoever sent it. */
export function askNamedBy(state: ActorState, { inReplyTo }: Message): OpenAsk | undefined {
  for (const [child, { cause, to }] of Object.entries(state.open)) {
    if (to !== undefined && cause === inReplyTo) return { child, cause, to }
  }
  return undefined
}

/** The open ask that a reply answers: sent by whom it was put to, by the job of that ask, or by the team in their place. */
export function askAnsweredBy(state: ActorState, message: Message): OpenAsk | undefined {
  const ask = askNamedBy(state, message)
  return ask !== undefined && mayAnswer(ask, message.sender) ? ask : undefined
}

function mayAnswer({ to, cause }: OpenAsk, sender: string): boolean {
  return sender === to || sender === streamName.job(to, cause) || sender === streamName.team(parseStream(to).team)
}
