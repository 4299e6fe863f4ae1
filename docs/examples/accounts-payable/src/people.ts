import { person } from 'roster'

export const chiefFinancialOfficer = person('chief-financial-officer', { role: 'chief-financial-officer' })

/** What the controller leaves undone is the chief financial officer's. */
export const controller = person('controller', { role: 'controller', owner: chiefFinancialOfficer })
