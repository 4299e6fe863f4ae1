import { limitIds, type Amounts } from './amounts.ts'

/** What somebody, or a whole team, may use in each stretch of time, whatever their tasks may. */
export interface Window {
  /** The length of a stretch, in milliseconds; stretches begin at whole multiples of it since 1970, in UTC. */
  readonly perMs: number
  /** What is left out has no bound but those of tasks and jobs. */
  readonly amounts: Partial<Amounts>
}

const prefix = 'window/'

/** Stands for a limit that nobody has set: more than anybody uses, and still a safe integer after many raises. */
const unlimited = 1_000_000_000_000_000

/** The budget of the stretch in which a time lies: `window/clerk/1767225600000`. `whose` is a colleague's name, or `team`. */
export function windowBudget(whose: string, { perMs }: Window, at: number): string {
  return `${prefix}${whose}/${Math.floor(at / perMs) * perMs}`
}

/** What the budget of a stretch begins with. */
export function windowAmounts({ amounts }: Window): Amounts {
  return Object.fromEntries(limitIds.map((id) => [id, amounts[id] ?? unlimited])) as Amounts
}

/** Whose window a budget counts: a colleague's name or `team`; `undefined` for any other budget. */
export function whoseWindow(budget: string): string | undefined {
  return budget.startsWith(prefix) ? budget.slice(prefix.length).split('/')[0] : undefined
}

/** Whether somebody set this limit of a window. */
export function isLimited(amount: number): boolean {
  return amount < unlimited
}
