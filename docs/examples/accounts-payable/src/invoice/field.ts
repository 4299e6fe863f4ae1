import type { z } from 'zod'
import { InvoiceFault } from './invoice-error.ts'
import type { InvoiceErrorCode } from './invoice-error.ts'
import { childrenOf, elementAt, pathOf } from './xml-element.ts'
import type { XmlElement } from './xml-element.ts'

/** The first element down `path`; its absence is a `field-missing`. */
export function required(parent: XmlElement, path: string): XmlElement {
  return elementAt(parent, path) ?? missing(parent, path)
}

/** All children of that name; none at all is a `field-missing`. */
export function atLeastOne(parent: XmlElement, name: string): XmlElement[] {
  const found = childrenOf(parent, name)
  return found.length > 0 ? found : missing(parent, name)
}

/** The text down `path`, null if the element is absent or empty, checked by `schema`. */
export function optionalText<T>(parent: XmlElement, path: string, schema: z.ZodType<T, string>): T | null {
  const element = elementAt(parent, path)
  return element === undefined || element.text.trim() === '' ? null : checked(element, schema)
}

/** The text down `path`, checked by `schema`; absent or empty is a `field-missing`. */
export function requiredText<T>(parent: XmlElement, path: string, schema: z.ZodType<T, string>): T {
  return optionalText(parent, path, schema) ?? missing(parent, path)
}

function checked<T>(element: XmlElement, schema: z.ZodType<T, string>): T {
  const text = element.text.trim()
  const result = schema.safeParse(text)
  if (result.success) return result.data
  const reason = result.error.issues[0]?.message ?? 'is not valid'
  throw fieldFault(
    'field-invalid',
    pathOf(element),
    `"${excerpt(text)}": ${reason}`,
    'ask the supplier to correct this field',
  )
}

export function fieldFault(code: InvoiceErrorCode, path: string, problem: string, hint: string): InvoiceFault {
  return new InvoiceFault({ code, path, message: `${path}: ${problem}`, hint })
}

/** Enough of a supplier's text to recognise it in a message, and no more. */
export function excerpt(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function missing(parent: XmlElement, path: string): never {
  throw fieldFault(
    'field-missing',
    `${pathOf(parent)}/${path}`,
    'is required and absent or empty',
    'ask the supplier for an invoice with this field',
  )
}
