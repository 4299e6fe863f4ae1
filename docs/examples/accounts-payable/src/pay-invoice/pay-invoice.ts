import { playbook } from 'roster'
import { chiefFinancialOfficer } from '../people.ts'
import { aboutInvoice } from './context.ts'
import { payInvoiceMachine } from './machine.ts'
import { Outcome } from './outcome.ts'
import { TaskInput } from './task-input.ts'

export const payInvoice = playbook(
  'pay-invoice@1.0.0',
  {
    owner: chiefFinancialOfficer,
    input: TaskInput,
    output: Outcome,
    limits: { modelCalls: 20, toolCalls: 60, costMicroUsd: 300_000 },
    about: aboutInvoice,
  },
  payInvoiceMachine,
)
