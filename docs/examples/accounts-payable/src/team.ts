import { team } from 'roster'
import { clerk } from './clerk/clerk.ts'
import { matcher } from './matcher/matcher.ts'
import { payInvoice } from './pay-invoice/pay-invoice.ts'
import { chiefFinancialOfficer, controller } from './people.ts'
import { treasurer } from './treasurer/treasurer.ts'

export { people } from './desk/people-script.ts'

/** The accounts-payable desk: three agents, two people, and the one thing that they do together. */
export default team('accounts-payable', {
  colleagues: [clerk, matcher, treasurer, controller, chiefFinancialOfficer],
  playbooks: [payInvoice],
  policies: new URL('../policies', import.meta.url),
  workflows: {
    file: new URL('./workflows.ts', import.meta.url),
    inert: [new URL('./model.ts', import.meta.url)],
  },
})
