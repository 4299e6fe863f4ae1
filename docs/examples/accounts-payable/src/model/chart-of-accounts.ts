import { Big } from 'big.js'
import { z } from 'zod'
import chart from '../../documents/master/chart-of-accounts.json' with { type: 'json' }

const Account = z.strictObject({
  account: z.string().regex(/^\d{4}$/),
  name: z.string(),
  keywords: z.array(z.string()),
})

export const chartOfAccounts = z.array(Account).min(1).parse(chart)

/** The closed list a model chooses from: an account that is not on the chart is not an answer. */
export const CostAccount = z.enum(chartOfAccounts.map((each) => each.account))

/** Where what no keyword explains is booked. */
const otherExpenses = '4990'

export interface CostItem {
  readonly text: string
  readonly netAmount: string
}

/** The account on which most of the money belongs, by the keywords of the chart. */
export function accountFor(items: readonly CostItem[]): string {
  let best = { account: otherExpenses, amount: new Big(0) }
  for (const { account, keywords } of chartOfAccounts) {
    const amount = items
      .filter((item) => mentions(item.text, keywords))
      .reduce((total, item) => total.plus(new Big(item.netAmount).abs()), new Big(0))
    if (amount.gt(best.amount)) best = { account, amount }
  }
  return best.account
}

/** The accounts of which any of the lines speaks; where none does, the one for what no keyword explains. */
export function accountsMentioned(texts: readonly string[]): string[] {
  const found = chartOfAccounts.filter(({ keywords }) => texts.some((text) => mentions(text, keywords)))
  return found.length === 0 ? [otherExpenses] : found.map(({ account }) => account)
}

/** An account with its name, for people. */
export function nameOfAccount(account: string): string {
  const name = chartOfAccounts.find((each) => each.account === account)?.name
  return name === undefined ? account : `${account} ${name}`
}

function mentions(text: string, keywords: readonly string[]): boolean {
  const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}\d]+/gu, ' ')} `
  return keywords.some((keyword) => words.includes(` ${keyword} `) || words.includes(` ${keyword}s `))
}
