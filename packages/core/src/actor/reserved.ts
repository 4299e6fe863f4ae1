/** Whether a type is XState's own: a message of such a type would pass for the end of an invocation or for a delay. */
export function isReserved(type: string): boolean {
  return type === '' || type === '*' || type === 'xstate' || type.startsWith('xstate.')
}
