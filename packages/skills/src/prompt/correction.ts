import type { Correction } from '../model/attempt.ts'

/** What the model is told about an answer that does not fit. */
export function correctionText({ problem }: Correction): string {
  return `That does not fit: ${problem}\nAnswer again, complete, in the form that was asked for.`
}
