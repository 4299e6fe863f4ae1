import { fieldFault, optionalText, required, requiredText } from './field.ts'
import { FreeText, Identifier, Name, VatCategoryCode } from './invoice.ts'
import type { AllowanceCharge, InvoiceLine, TaxSubtotal, VatCategory } from './invoice.ts'
import { optionalDecimal, requiredDecimal, requiredMoney, requiredPrice } from './number-field.ts'
import { childrenOf, elementAt, pathOf } from './xml-element.ts'
import type { XmlElement } from './xml-element.ts'

export function readLine(line: XmlElement, currency: string): InvoiceLine {
  const quantityName = line.name === 'CreditNoteLine' ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity'
  const quantity = required(line, quantityName)
  return {
    id: requiredText(line, 'cbc:ID', Identifier),
    quantity: requiredDecimal(line, quantityName),
    unitCode: quantity.attributes.get('unitCode')?.slice(0, 200) || null,
    netAmount: requiredMoney(line, 'cbc:LineExtensionAmount', currency),
    itemName: requiredText(line, 'cac:Item/cbc:Name', Name),
    itemDescription: optionalText(line, 'cac:Item/cbc:Description', FreeText),
    sellerItemId: optionalText(line, 'cac:Item/cac:SellersItemIdentification/cbc:ID', Identifier),
    price: requiredPrice(line, 'cac:Price/cbc:PriceAmount', currency),
    baseQuantity: baseQuantityOf(line),
    allowanceCharges: childrenOf(line, 'cac:AllowanceCharge').map((element) => readAllowanceCharge(element, currency)),
    vat: readVat(required(line, 'cac:Item/cac:ClassifiedTaxCategory')),
    orderLineId: optionalText(line, 'cac:OrderLineReference/cbc:LineID', Identifier),
  }
}

function baseQuantityOf(line: XmlElement): string {
  const path = 'cac:Price/cbc:BaseQuantity'
  const quantity = optionalDecimal(line, path) ?? '1'
  if (Number(quantity) > 0) return quantity
  throw fieldFault(
    'field-invalid',
    pathOf(required(line, path)),
    'must be above zero',
    'ask the supplier to correct this field',
  )
}

function readAllowanceCharge(element: XmlElement, currency: string): AllowanceCharge {
  const category = elementAt(element, 'cac:TaxCategory')
  return {
    kind: isCharge(element) ? 'charge' : 'allowance',
    reasonCode: optionalText(element, 'cbc:AllowanceChargeReasonCode', Identifier),
    reason: optionalText(element, 'cbc:AllowanceChargeReason', FreeText),
    amount: requiredMoney(element, 'cbc:Amount', currency),
    vat: category === undefined ? null : readVat(category),
  }
}

function isCharge(element: XmlElement): boolean {
  const indicator = requiredText(element, 'cbc:ChargeIndicator', Identifier)
  if (indicator === 'true' || indicator === '1') return true
  if (indicator === 'false' || indicator === '0') return false
  const path = pathOf(required(element, 'cbc:ChargeIndicator'))
  throw fieldFault('field-invalid', path, 'must be true or false', 'ask the supplier to correct this field')
}

/** A document level allowance or charge must say its VAT category (BR-32, BR-37). */
export function readDocumentAllowanceCharge(element: XmlElement, currency: string): AllowanceCharge {
  required(element, 'cac:TaxCategory')
  return readAllowanceCharge(element, currency)
}

export function readTaxSubtotal(element: XmlElement, currency: string): TaxSubtotal {
  return {
    taxableAmount: requiredMoney(element, 'cbc:TaxableAmount', currency),
    taxAmount: requiredMoney(element, 'cbc:TaxAmount', currency),
    vat: readVat(required(element, 'cac:TaxCategory')),
  }
}

function readVat(category: XmlElement): VatCategory {
  return {
    code: requiredText(category, 'cbc:ID', VatCategoryCode),
    percent: optionalDecimal(category, 'cbc:Percent'),
  }
}
