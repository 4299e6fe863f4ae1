import { taskWorkflow } from 'roster/workflow'
import { payInvoice } from './pay-invoice/pay-invoice.ts'

/** What Temporal's workers bundle: the playbooks, each with the versions on which tasks may still be. */
export const task = taskWorkflow([payInvoice])
