const prefix = 'overtime/'

/** The budget that is opened for a task whose time is over, once a person lets it go on: before that it gives nothing. */
export function overtimeBudget(task: string): string {
  return `${prefix}${task}`
}

/** Whether a budget stands for the time of a task that is over. */
export function isOvertime(budget: string): boolean {
  return budget.startsWith(prefix)
}
