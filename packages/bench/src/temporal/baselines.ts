/** The workflows beside which ours is measured. Bundled for Temporal's sandbox. */
import {
  condition,
  defineSignal,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'

import type { Question, Reply } from '../step/machines.ts'
import { askCount } from './machines.ts'

/** What the workflow that everyone writes has done for it. */
export interface EveryoneActivities {
  ask(question: Question): Promise<Reply>
  write(task: string, step: number, document: string): Promise<void>
}

/** What the bare workflow has done for it: stores a row of a step and, in the same transaction, what is asked next. */
export interface BareActivities {
  transition(task: string, step: number, question: Question | null): Promise<void>
}

const everyones = proxyActivities<EveryoneActivities>({ startToCloseTimeout: '1 minute' })
const bares = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '1 minute' })

/** One regular activity for each ask, and one for each write. */
export async function everyone({ number, document }: Question): Promise<Reply> {
  const { workflowId } = workflowInfo()
  let reply: Reply = { number }
  for (let step = 0; step < askCount; step++) {
    reply = await everyones.ask({ number: reply.number, document })
    await everyones.write(workflowId, step, document)
  }
  return reply
}

/** The signal that brings a reply. */
export const replySignal = defineSignal<[Reply]>('reply')

/** One local activity for each transition, and one signal for each reply. */
export async function bare({ number, document }: Question): Promise<Reply> {
  const { workflowId } = workflowInfo()
  const replies: Reply[] = []
  setHandler(replySignal, (reply) => void replies.push(reply))
  let reply: Reply = { number }
  for (let step = 0; step < askCount; step++) {
    await bares.transition(workflowId, step, { number: reply.number, document })
    await condition(() => replies.length > step)
    reply = replies[step] ?? reply
  }
  await bares.transition(workflowId, askCount, null)
  return reply
}
