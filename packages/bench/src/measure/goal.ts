/** What a ratio is to reach: `>= 5`, `<= 0.25`; `reported` where nothing is asked. */
export type Goal = `>= ${number}` | `<= ${number}` | 'reported'

/** Whether a ratio reaches a goal; `null` where nothing is asked. */
export function reaches(goal: Goal, ratio: number): boolean | null {
  if (goal === 'reported') return null
  const bound = Number(goal.slice(3))
  return goal.startsWith('>=') ? ratio >= bound : ratio <= bound
}
