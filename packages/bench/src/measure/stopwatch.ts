/** Seconds since some moment, by a clock that only goes forward. */
export function seconds(): number {
  return Number(process.hrtime.bigint()) / 1e9
}

/** Times something that is waited for. */
export async function timed<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly seconds: number }> {
  const start = seconds()
  const value = await work()
  return { value, seconds: seconds() - start }
}
