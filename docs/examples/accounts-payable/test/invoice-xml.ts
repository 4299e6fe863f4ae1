import type { AllowanceCharge, Invoice, InvoiceLine, Party, PaymentMeans, VatCategory } from '../src/invoice/invoice.ts'

/** Writes an invoice as UBL 2.1 in the order of the Peppol BIS Billing 3.0 syntax, so that tests can go there and back. */
export function invoiceXml(invoice: Invoice): string {
  const name = invoice.kind === 'invoice' ? 'Invoice' : 'CreditNote'
  const amount = (tag: string, value: string | null) => money(tag, value, invoice.currency)
  const { total } = invoice
  return lines([
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${name} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${name}-2"`,
    '  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
    '  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">',
    text('cbc:CustomizationID', 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'),
    text('cbc:ProfileID', 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'),
    text('cbc:ID', invoice.number),
    text('cbc:IssueDate', invoice.issueDate),
    invoice.kind === 'invoice' ? text('cbc:DueDate', invoice.dueDate) : '',
    text(`cbc:${name}TypeCode`, invoice.typeCode),
    ...documentNotes(invoice).map((note) => text('cbc:Note', note)),
    text('cbc:DocumentCurrencyCode', invoice.currency),
    text('cbc:BuyerReference', invoice.buyerReference),
    element('cac:OrderReference', text('cbc:ID', invoice.orderReference)),
    ...invoice.precedingInvoices.map(({ number, issueDate }) =>
      element(
        'cac:BillingReference',
        element('cac:InvoiceDocumentReference', text('cbc:ID', number), text('cbc:IssueDate', issueDate)),
      ),
    ),
    element('cac:AccountingSupplierParty', party(invoice.supplier)),
    element('cac:AccountingCustomerParty', party(invoice.buyer)),
    payee(invoice),
    ...invoice.paymentMeans.map((means) => paymentMeans(means, invoice)),
    ...invoice.allowanceCharges.map((each) => allowanceCharge(each, invoice.currency)),
    element(
      'cac:TaxTotal',
      amount('cbc:TaxAmount', invoice.taxAmount),
      ...invoice.taxSubtotals.map((subtotal) =>
        element(
          'cac:TaxSubtotal',
          amount('cbc:TaxableAmount', subtotal.taxableAmount),
          amount('cbc:TaxAmount', subtotal.taxAmount),
          vat('cac:TaxCategory', subtotal.vat),
        ),
      ),
    ),
    element(
      'cac:LegalMonetaryTotal',
      amount('cbc:LineExtensionAmount', total.lineExtension),
      amount('cbc:TaxExclusiveAmount', total.taxExclusive),
      amount('cbc:TaxInclusiveAmount', total.taxInclusive),
      amount('cbc:AllowanceTotalAmount', total.allowances),
      amount('cbc:ChargeTotalAmount', total.charges),
      amount('cbc:PrepaidAmount', total.prepaid),
      amount('cbc:PayableRoundingAmount', total.rounding),
      amount('cbc:PayableAmount', total.payable),
    ),
    ...invoice.lines.map((line) => invoiceLine(line, invoice)),
    `</${name}>`,
  ])
}

function invoiceLine(line: InvoiceLine, { kind, currency }: Invoice): string {
  const quantity = kind === 'invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity'
  const unit = line.unitCode === null ? '' : ` unitCode="${escape(line.unitCode)}"`
  return element(
    kind === 'invoice' ? 'cac:InvoiceLine' : 'cac:CreditNoteLine',
    text('cbc:ID', line.id),
    `<${quantity}${unit}>${line.quantity}</${quantity}>`,
    money('cbc:LineExtensionAmount', line.netAmount, currency),
    element('cac:OrderLineReference', text('cbc:LineID', line.orderLineId)),
    ...line.allowanceCharges.map((each) => allowanceCharge(each, currency)),
    element(
      'cac:Item',
      text('cbc:Description', line.itemDescription),
      text('cbc:Name', line.itemName),
      element('cac:SellersItemIdentification', text('cbc:ID', line.sellerItemId)),
      vat('cac:ClassifiedTaxCategory', line.vat),
    ),
    element(
      'cac:Price',
      money('cbc:PriceAmount', line.price, currency),
      line.baseQuantity === '1' ? '' : `<cbc:BaseQuantity${unit}>${line.baseQuantity}</cbc:BaseQuantity>`,
    ),
  )
}

function documentNotes(invoice: Invoice): string[] {
  return invoice.notes.filter((note) => /^\/\w+\/cbc:Note/.test(note.path)).map((note) => note.text)
}

function party(of: Party): string {
  const registration = element('cac:PartyTaxScheme', text('cbc:CompanyID', of.vatId), taxScheme)
  return element(
    'cac:Party',
    of.endpointId === null ? '' : `<cbc:EndpointID schemeID="0088">${escape(of.endpointId)}</cbc:EndpointID>`,
    of.vatId === null ? '' : registration,
    element('cac:PartyLegalEntity', text('cbc:RegistrationName', of.name), text('cbc:CompanyID', of.companyId)),
  )
}

function payee({ payee: to }: Invoice): string {
  if (to === null) return ''
  const entity = element('cac:PartyLegalEntity', text('cbc:CompanyID', to.companyId))
  return element('cac:PayeeParty', element('cac:PartyName', text('cbc:Name', to.name)), entity)
}

function paymentMeans(means: PaymentMeans, invoice: Invoice): string {
  return element(
    'cac:PaymentMeans',
    text('cbc:PaymentMeansCode', means.code),
    invoice.kind === 'credit-note' ? text('cbc:PaymentDueDate', invoice.dueDate) : '',
    text('cbc:PaymentID', means.paymentId),
    element(
      'cac:PayeeFinancialAccount',
      text('cbc:ID', means.account),
      element('cac:FinancialInstitutionBranch', text('cbc:ID', means.bic)),
    ),
  )
}

function allowanceCharge(each: AllowanceCharge, currency: string): string {
  return element(
    'cac:AllowanceCharge',
    text('cbc:ChargeIndicator', each.kind === 'charge' ? 'true' : 'false'),
    text('cbc:AllowanceChargeReasonCode', each.reasonCode),
    text('cbc:AllowanceChargeReason', each.reason),
    money('cbc:Amount', each.amount, currency),
    each.vat === null ? '' : vat('cac:TaxCategory', each.vat),
  )
}

function vat(tag: string, { code, percent }: VatCategory): string {
  return element(tag, text('cbc:ID', code), text('cbc:Percent', percent), taxScheme)
}

const taxScheme = '<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>'

function money(tag: string, value: string | null, currency: string): string {
  return value === null ? '' : `<${tag} currencyID="${currency}">${value}</${tag}>`
}

function text(tag: string, value: string | null): string {
  return value === null ? '' : `<${tag}>${escape(value)}</${tag}>`
}

function element(tag: string, ...content: string[]): string {
  const inner = lines(content)
  return inner === '' ? '' : `<${tag}>\n${inner.replaceAll(/^/gm, '  ')}\n</${tag}>`
}

function lines(content: readonly string[]): string {
  return content.filter((line) => line !== '').join('\n')
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
