import type { InboxItem } from 'roster/client'
import { cut, safeText } from './safe-text.ts'

interface Question {
  readonly document?: string
  readonly payable?: string
  readonly dueDate?: string | null
  readonly supplier?: string
  readonly order?: string | null
  readonly costAccount?: string | null
  readonly limit?: string | null
  readonly deviations?: readonly {
    readonly code: string
    readonly expected: string
    readonly actual: string
    readonly amountAtStake: string
  }[]
  readonly missing?: readonly { readonly code: string; readonly message: string }[]
  readonly modelSays?: {
    readonly note: string | null
    readonly supplierAsksFor: readonly string[]
    readonly explanations: readonly string[]
  }
}

/** What a person sees before they decide: facts of the system first; what a model or the supplier says is marked as such. */
export function factsOf({ question, arguments: args, about, costMicroUsd }: InboxItem, width: number): string {
  const {
    document,
    payable,
    dueDate,
    supplier,
    order,
    costAccount,
    limit,
    deviations = [],
    missing = [],
    modelSays,
  } = question as Question
  const { iban } = args as { iban?: string }
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['document', `${document ?? ''} (${about.join(', ')})`],
    ['supplier', supplier],
    ['to pay', payable],
    ['to account', iban],
    ['above limit', limit],
    ['due', dueDate],
    ['order', order ?? 'none'],
    ['cost account', costAccount ?? 'to be chosen'],
    ...deviations.map(
      ({ code, expected, actual, amountAtStake }) =>
        ['deviates', `${code}: ${actual} instead of ${expected}, ${amountAtStake} at stake`] as const,
    ),
    ...missing.map(({ message }) => ['missing', message] as const),
    ['model says', modelSays?.explanations.join(' ') || modelSays?.note],
    ['cost so far', `$${(costMicroUsd / 1_000_000).toFixed(4)}`],
  ]
  return lines
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name.padEnd(13)}${cut(safeText(value ?? ''), width - 13)}`)
    .join('\n')
}
