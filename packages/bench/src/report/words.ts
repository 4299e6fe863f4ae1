import type { Result } from '../measure/result.ts'

/** A number with three significant digits, and its thousands apart. */
export function number(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))
  return value.toLocaleString('en-US', {
    minimumFractionDigits: Math.min(digits, 4),
    maximumFractionDigits: Math.min(digits, 4),
  })
}

/** What is asked, in words. */
export function goalWords({ goal, stretch }: Pick<Result, 'goal' | 'stretch'>): string {
  return stretch === undefined ? goal : `${goal}, stretch ${stretch}`
}

/** Whether it is reached, in words. */
export function metWords({ met }: Pick<Result, 'met'>): string {
  if (met === null) return ''
  return met ? 'yes' : 'no'
}
