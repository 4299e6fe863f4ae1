import { optionalText, requiredText } from './field.ts'
import { Identifier, Name } from './invoice.ts'
import type { Invoice, Party, PaymentMeans } from './invoice.ts'
import { childrenOf, elementAt } from './xml-element.ts'
import type { XmlElement } from './xml-element.ts'

export function readParty(party: XmlElement): Party {
  return {
    endpointId: optionalText(party, 'cbc:EndpointID', Identifier),
    name: legalName(party),
    vatId: vatIdOf(party),
    companyId: optionalText(party, 'cac:PartyLegalEntity/cbc:CompanyID', Identifier),
  }
}

/** The registered name counts; the trading name stands in where the document has no other. */
function legalName(party: XmlElement): string {
  const registered = optionalText(party, 'cac:PartyLegalEntity/cbc:RegistrationName', Name)
  const trading = optionalText(party, 'cac:PartyName/cbc:Name', Name)
  return registered ?? trading ?? requiredText(party, 'cac:PartyLegalEntity/cbc:RegistrationName', Name)
}

function vatIdOf(party: XmlElement): string | null {
  const scheme = childrenOf(party, 'cac:PartyTaxScheme').find(
    (element) => elementAt(element, 'cac:TaxScheme/cbc:ID')?.text.trim() === 'VAT',
  )
  return scheme === undefined ? null : optionalText(scheme, 'cbc:CompanyID', Identifier)
}

export function readPayee(root: XmlElement): Invoice['payee'] {
  const payee = elementAt(root, 'cac:PayeeParty')
  if (payee === undefined) return null
  return {
    name: requiredText(payee, 'cac:PartyName/cbc:Name', Name),
    companyId: optionalText(payee, 'cac:PartyLegalEntity/cbc:CompanyID', Identifier),
  }
}

export function readPaymentMeans(means: XmlElement): PaymentMeans {
  const account = optionalText(means, 'cac:PayeeFinancialAccount/cbc:ID', Identifier)
  return {
    code: requiredText(means, 'cbc:PaymentMeansCode', Identifier),
    account: account === null ? null : account.replaceAll(/\s/g, '').toUpperCase(),
    bic: optionalText(means, 'cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID', Identifier),
    paymentId: optionalText(means, 'cbc:PaymentID', Identifier),
  }
}
