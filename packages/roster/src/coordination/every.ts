/** Does something again and again, never twice at once; keeps no process alive. */
export function every(ms: number, work: () => Promise<unknown>): { stop(): void } {
  let busy = false
  const again = (): void => {
    if (busy) return
    busy = true
    void work().finally(() => (busy = false))
  }
  const interval = setInterval(again, ms).unref()
  return { stop: () => clearInterval(interval) }
}
