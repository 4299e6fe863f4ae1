import { approval, asking, entering, never, passing, playbook } from 'roster'
import { chiefFinancialOfficer } from '../people.ts'
import { book } from '../tools/book.ts'
import { pay } from '../tools/pay.ts'
import { treasurer } from '../treasurer/treasurer.ts'
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
    // Each round means that another payment took from the same order meanwhile.
    limits: { modelCalls: 20, toolCalls: 60, costMicroUsd: 300_000, rounds: { matching: 10 } },
    properties: [
      never(asking(treasurer, 'pay'), { without: [approval(pay), passing('isPayableByNobody')] }),
      never(asking(treasurer, 'book'), { without: [approval(book), passing('needsNobody')] }),
      never(entering('paid'), { without: [asking(treasurer, 'pay'), asking(treasurer, 'book')] }),
    ],
    // What a person declines was well prepared too; a refused document or a fault of the desk is none.
    success: { atLeast: 0.6, within: '30 days' },
    about: aboutInvoice,
  },
  payInvoiceMachine,
)
