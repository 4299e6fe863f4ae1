import { Big } from 'big.js'
import { toDecimal, toMoney } from './decimal.ts'
import { excerpt, fieldFault, required } from './field.ts'
import { elementAt, pathOf } from './xml-element.ts'
import type { XmlElement } from './xml-element.ts'

const maxIntegerDigits = 12
const maxDecimals = 10

/** The amount down `path`, in the document's currency, with two decimals. */
export function requiredMoney(parent: XmlElement, path: string, currency: string): string {
  return money(required(parent, path), currency)
}

export function optionalMoney(parent: XmlElement, path: string, currency: string): string | null {
  const element = elementAt(parent, path)
  return element === undefined ? null : money(element, currency)
}

/** The quantity or percentage down `path`. */
export function requiredDecimal(parent: XmlElement, path: string): string {
  return decimal(required(parent, path))
}

export function optionalDecimal(parent: XmlElement, path: string): string | null {
  const element = elementAt(parent, path)
  return element === undefined ? null : decimal(element)
}

/** The item's net price. It may have many decimals, and no sign: what is returned has a negative quantity (BR-27). */
export function requiredPrice(parent: XmlElement, path: string, currency: string): string {
  const element = required(parent, path)
  inCurrency(element, currency)
  const price = decimal(element)
  if (price.startsWith('-'))
    throw amountFault(element, 'is negative', 'credit with a negative quantity, not a negative price')
  return price
}

function money(element: XmlElement, currency: string): string {
  inCurrency(element, currency)
  const amount = parsed(element, 2)
  return toMoney(amount)
}

function decimal(element: XmlElement): string {
  return toDecimal(parsed(element, maxDecimals))
}

/** Bounds the digits before anything is calculated with them. */
function parsed(element: XmlElement, maxFractionDigits: number): Big {
  const text = element.text.trim()
  const { sign, integer, fraction } = digitsOf(text) ?? notANumber(element, text)
  if (integer.length > maxIntegerDigits) {
    const problem = `has ${integer.length} digits before the point, at most ${maxIntegerDigits} are believed`
    throw amountFault(element, problem, 'check the amount with the supplier')
  }
  if (fraction.length > maxFractionDigits) {
    const problem = `has ${fraction.length} decimals, at most ${maxFractionDigits} are allowed`
    throw amountFault(element, problem, 'ask the supplier to round this amount')
  }
  return new Big(`${sign}0${integer}.${fraction}0`)
}

/** The digits that count, without zeros before and after; undefined if the text is no decimal number of XML Schema. */
function digitsOf(text: string) {
  const match = text.length > 100 ? null : /^(?=.*\d)(?:\+|(-))?0*(\d*)(?:\.(\d*?)0*)?$/.exec(text)
  return match === null ? undefined : { sign: match[1] ?? '', integer: match[2] ?? '', fraction: match[3] ?? '' }
}

function notANumber(element: XmlElement, text: string): never {
  const hint = 'write it as 1250.00: a point, no blanks, no currency sign'
  throw amountFault(element, `"${excerpt(text)}" is not a decimal number`, hint)
}

function inCurrency(element: XmlElement, currency: string): void {
  const stated = element.attributes.get('currencyID')
  if (stated === currency) return
  throw fieldFault(
    stated === undefined ? 'field-missing' : 'field-invalid',
    `${pathOf(element)}/@currencyID`,
    stated === undefined ? 'is required' : `is "${excerpt(stated)}", the document is in ${currency}`,
    'one document has one currency: ask the supplier to correct it',
  )
}

function amountFault(element: XmlElement, problem: string, hint: string) {
  return fieldFault('amount-invalid', pathOf(element), problem, hint)
}
