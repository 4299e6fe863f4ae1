import { colleague } from 'roster'
import { MatchReport } from '../match/match-report.ts'
import { controller } from '../people.ts'
import { findOrder } from '../tools/find-order.ts'
import { matchInvoice } from '../tools/match-invoice.ts'
import { MatchInput } from './match-input.ts'
import { matchJob } from './match-job.ts'

export const matcher = colleague('matcher@1.0.0', {
  owner: controller,
  role: 'matcher',
  tools: [findOrder, matchInvoice],
  concurrency: 8,
  accepts: { 'match-invoice': { input: MatchInput, output: MatchReport, machine: matchJob } },
})
