import type { Principal, Question } from '@roster/core'

/** Who asks, in words: `agent treasurer`. */
export function principalWords({ kind, name }: Pick<Principal, 'kind' | 'name'>): string {
  return kind === 'system' ? 'the system' : `${kind} ${name}`
}

/** What is asked for, in words: `use tool change-supplier-account`. */
export function actWords({ action, resource, context }: Question): string {
  const thing = `${resource.kind} ${resource.name}`
  switch (action) {
    case 'send':
      return context.kind === '' ? `send to ${thing}` : `send ${context.kind} to ${thing}`
    case 'think':
      return `think with ${thing}`
    case 'stop':
      return `${context.kind === '' ? 'stop' : context.kind} ${thing}`
    case 'promote':
      return `promote ${thing}${context.kind === '' ? '' : ` to ${context.kind}`}`
    default:
      return `${action} ${thing}`
  }
}
