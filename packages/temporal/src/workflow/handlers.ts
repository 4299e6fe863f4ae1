import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'

import { standingQuery, takeUpdate, wakeSignal, type Standing, type Taken } from './protocol.ts'

export const wake = defineSignal<[message: string]>(wakeSignal)
export const take = defineUpdate<Taken, [message: string]>(takeUpdate)
export const standing = defineQuery<Standing>(standingQuery)
