import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readInvoice, type ReadInvoiceResult } from '../invoice/read-invoice.ts'

/** Where a document that ships with the desk is. */
export function shippedPath(file: string): string {
  return fileURLToPath(new URL(`../../documents/${file}`, import.meta.url))
}

/** Reads a document that ships with the desk. */
export function readShipped(file: string): ReadInvoiceResult {
  return readInvoice(readFileSync(shippedPath(file)))
}
