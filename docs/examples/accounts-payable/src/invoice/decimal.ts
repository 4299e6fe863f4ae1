import { Big } from 'big.js'
import { z } from 'zod'

/** An amount of money as text: exactly two decimals, at most twelve digits before the point, never `-0.00`. */
export const Money = z.string().regex(/^(?!-0\.00$)-?(0|[1-9]\d{0,11})\.\d{2}$/, 'must be an amount such as 1250.00')

/** A quantity, price or percentage as text, without trailing zeros. */
export const Decimal = z
  .string()
  .regex(/^(?!-0$)-?(0|[1-9]\d{0,11})(\.\d{0,9}[1-9])?$/, 'must be a decimal number such as 12.5')

/** Rounds half up to two places, as EN 16931 rounds. */
export function toMoney(value: Big): string {
  const text = value.toFixed(2, Big.roundHalfUp)
  return text === '-0.00' ? '0.00' : text
}

export function toDecimal(value: Big): string {
  return value.eq(0) ? '0' : value.toFixed()
}

export function sum(amounts: Iterable<string>): Big {
  let total = new Big(0)
  for (const amount of amounts) total = total.plus(amount)
  return total
}
