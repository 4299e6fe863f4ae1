import { describe, expect, it } from 'vitest'
import { Invoice } from '../../src/invoice/invoice.ts'
import { parseInvoice, readInvoice } from '../../src/invoice/read-invoice.ts'
import { invoiceXml } from '../invoice-xml.ts'
import { errorIn, invoiceIn } from '../reading.ts'
import { sampleInvoice, sampleLine } from '../sample-invoice.ts'

const xml = invoiceXml(sampleInvoice())

describe('reading an invoice', () => {
  it('gives what the document says, as plain data', () => {
    const invoice = sampleInvoice({
      precedingInvoices: [{ number: 'INV-0', issueDate: '2026-10-01' }],
      payee: { name: 'Factoring', companyId: '7' },
      notes: [{ path: '/Invoice/cbc:Note', text: 'Thank you & see you <soon>' }],
    })
    expect(invoiceIn(invoiceXml(invoice))).toEqual(invoice)
    expect(Invoice.parse(JSON.parse(JSON.stringify(invoiceIn(invoiceXml(invoice)))))).toEqual(invoice)
  })

  it('gives what a credit note says', () => {
    const creditNote = sampleInvoice({ kind: 'credit-note', typeCode: '381' })
    expect(invoiceIn(invoiceXml(creditNote))).toEqual(creditNote)
  })

  it('goes by namespaces, whatever prefixes the document uses', () => {
    const renamed = xml
      .replaceAll('cbc:', 'b:')
      .replaceAll('cac:', 'a:')
      .replaceAll('xmlns:cbc', 'xmlns:b')
      .replaceAll('xmlns:cac', 'xmlns:a')
    expect(invoiceIn(renamed)).toEqual(sampleInvoice())
  })

  it('does not take an element of another namespace for a field', () => {
    const foreign = xml.replace('<cbc:ID>INV-1</cbc:ID>', '<x:ID xmlns:x="urn:x">INV-1</x:ID>')
    expect(errorIn(foreign)).toMatchObject({ code: 'field-missing', path: '/Invoice/cbc:ID' })
  })

  it('collects the notes of the document, the payment terms and the lines with their paths', () => {
    const noted = xml
      .replace('<cbc:DocumentCurrencyCode>', '<cbc:Note>one</cbc:Note><cbc:DocumentCurrencyCode>')
      .replace('<cac:TaxTotal>', '<cac:PaymentTerms><cbc:Note>two</cbc:Note></cac:PaymentTerms><cac:TaxTotal>')
      .replace('<cac:InvoiceLine>', '<cac:InvoiceLine><cbc:Note>three</cbc:Note>')
    expect(invoiceIn(noted).notes).toEqual([
      { path: '/Invoice/cbc:Note', text: 'one' },
      { path: '/Invoice/cac:PaymentTerms/cbc:Note', text: 'two' },
      { path: '/Invoice/cac:InvoiceLine/cbc:Note', text: 'three' },
    ])
  })

  it('reads a document in UTF-16 and in a declared Latin-1', () => {
    const latin = Buffer.from(xml.replace('UTF-8', 'ISO-8859-1').replace('>Supplier<', '>Fédération<'), 'latin1')
    const wide = Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le')
    expect(readInvoice(latin)).toMatchObject({ ok: true, invoice: { supplier: { name: 'Fédération' } } })
    expect(readInvoice(wide)).toMatchObject({ ok: true })
  })

  it('counts in the currency of the document when the tax is stated in a second one', () => {
    const second = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">300.00</cbc:TaxAmount></cac:TaxTotal><cac:TaxTotal>'
    expect(invoiceIn(xml.replace('<cac:TaxTotal>', second)).taxAmount).toBe('26.25')
  })

  it('takes negative lines, prepaid amounts and several VAT categories', () => {
    const invoice = sampleInvoice({
      lines: [
        sampleLine(),
        sampleLine({ id: '2', quantity: '-3', vat: { code: 'S', percent: '9' } }),
        sampleLine({ id: '3', vat: { code: 'E', percent: '0' } }),
        sampleLine({ id: '4', vat: { code: 'O', percent: null } }),
      ],
      total: { ...sampleInvoice().total, prepaid: '50.00' },
    })
    expect(invoiceIn(invoiceXml(invoice))).toEqual(invoice)
  })

  it('takes an invoice below zero if it names the invoice that it corrects', () => {
    const below = { lines: [sampleLine({ quantity: '-10' })] }
    const correction = sampleInvoice({ ...below, precedingInvoices: [{ number: 'INV-0', issueDate: null }] })
    expect(invoiceIn(invoiceXml(correction)).total.payable).toBe('-151.25')
    expect(errorIn(invoiceXml(sampleInvoice(below)))).toMatchObject({ code: 'amount-invalid' })
  })
})

describe('refusing a field', () => {
  const change = (from: string | RegExp, to: string) => errorIn(xml.replace(from, to))

  it.each([
    ['<cbc:IssueDate>2026-11-02</cbc:IssueDate>', '/Invoice/cbc:IssueDate'],
    ['<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>', '/Invoice/cbc:InvoiceTypeCode'],
    ['<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>', '/Invoice/cbc:DocumentCurrencyCode'],
    [
      '<cbc:RegistrationName>Supplier</cbc:RegistrationName>',
      '/Invoice/cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName',
    ],
    ['<cbc:InvoicedQuantity unitCode="C62">10</cbc:InvoicedQuantity>', '/Invoice/cac:InvoiceLine/cbc:InvoicedQuantity'],
    ['<cbc:Name>Copy paper A4</cbc:Name>', '/Invoice/cac:InvoiceLine/cac:Item/cbc:Name'],
    ['<cbc:PriceAmount currencyID="EUR">12.5</cbc:PriceAmount>', '/Invoice/cac:InvoiceLine/cac:Price/cbc:PriceAmount'],
    [
      '<cbc:PayableAmount currencyID="EUR">151.25</cbc:PayableAmount>',
      '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
    ],
    [/<cac:TaxSubtotal>[^]*<\/cac:TaxSubtotal>/, '/Invoice/cac:TaxTotal/cac:TaxSubtotal'],
    [/<cac:InvoiceLine>[^]*<\/cac:InvoiceLine>/, '/Invoice/cac:InvoiceLine'],
    [/<cac:LegalMonetaryTotal>[^]*<\/cac:LegalMonetaryTotal>/, '/Invoice/cac:LegalMonetaryTotal'],
  ])('says where %s is missing', (field, path) => {
    expect(change(field, '')).toMatchObject({ code: 'field-missing', path })
  })

  it('points to the line among several', () => {
    const two = invoiceXml(sampleInvoice({ lines: [sampleLine(), sampleLine({ id: '2', itemName: 'Toner' })] }))
    expect(errorIn(two.replace('<cbc:Name>Toner</cbc:Name>', '<cbc:Name> </cbc:Name>'))).toMatchObject({
      code: 'field-missing',
      path: '/Invoice/cac:InvoiceLine[2]/cac:Item/cbc:Name',
    })
  })

  it.each(['1,250.00', '1e3', '', '.', '--5', '€ 5', '9'.repeat(13), '1.005', '1'.repeat(200), 'NaN', 'Infinity'])(
    'refuses %j as an amount',
    (amount) => {
      expect(change('>151.25</cbc:PayableAmount>', `>${amount}</cbc:PayableAmount>`)).toMatchObject({
        code: 'amount-invalid',
        path: '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
      })
    },
  )

  it.each(['151.250', '+151.25', '0151.25', ' 151.25\n'])('takes %j for 151.25', (amount) => {
    expect(invoiceIn(xml.replace('>151.25</cbc:PayableAmount>', `>${amount}</cbc:PayableAmount>`)).total.payable).toBe(
      '151.25',
    )
  })

  it('refuses an amount in another currency than the document', () => {
    expect(change('<cbc:PayableAmount currencyID="EUR">', '<cbc:PayableAmount currencyID="USD">')).toMatchObject({
      code: 'field-invalid',
      path: '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount/@currencyID',
    })
  })

  it('refuses a negative price and a base quantity of zero', () => {
    expect(change('>12.5<', '>-12.5<')).toMatchObject({ code: 'amount-invalid' })
    const base = '</cbc:PriceAmount><cbc:BaseQuantity>0</cbc:BaseQuantity>'
    expect(change('</cbc:PriceAmount>', base)).toMatchObject({ code: 'field-invalid' })
  })

  it('refuses a VAT category and an indicator that do not exist', () => {
    expect(change('<cbc:ID>S</cbc:ID>', '<cbc:ID>Q</cbc:ID>')).toMatchObject({ code: 'field-invalid' })
    const allowance =
      '<cac:AllowanceCharge><cbc:ChargeIndicator>maybe</cbc:ChargeIndicator></cac:AllowanceCharge><cac:Item>'
    expect(change('<cac:Item>', allowance)).toMatchObject({
      code: 'field-invalid',
      path: '/Invoice/cac:InvoiceLine/cac:AllowanceCharge/cbc:ChargeIndicator',
    })
  })

  it("says in each error what to do, and shows no more than a glimpse of the supplier's text", () => {
    const error = change('>EUR</cbc:DocumentCurrencyCode>', `>${'X'.repeat(100)}</cbc:DocumentCurrencyCode>`)
    expect(error.code).toBe('currency-unknown')
    expect(error.hint).not.toBe('')
    expect(error.message.length).toBeLessThan(200)
  })

  it('parses a document whose totals are wrong when it is asked not to add up', () => {
    const wrong = xml.replace('>151.25</cbc:PayableAmount>', '>151.26</cbc:PayableAmount>')
    expect(errorIn(wrong)).toMatchObject({
      code: 'totals-wrong',
      path: '/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount',
    })
    expect(parseInvoice(Buffer.from(wrong))).toMatchObject({ ok: true })
  })
})
