/** How often everything is measured. */
const roundCount = 3

/** What is measured in turn, by name. */
export type Contestants<Name extends string, Value> = Readonly<Record<Name, () => Promise<Value>>>

/** Measures everything in turn, round by round, every other round in reverse: what the machine does meanwhile meets all alike. */
export async function interleaved<Name extends string, Value>(
  contestants: Contestants<Name, Value>,
  progress: (text: string) => void,
): Promise<Readonly<Record<Name, readonly Value[]>>> {
  const names = Object.keys(contestants) as Name[]
  const values = Object.fromEntries(names.map((name) => [name, [] as Value[]])) as Record<Name, Value[]>
  for (let round = 0; round < roundCount; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      progress(`round ${round + 1} of ${roundCount}: ${name}`)
      values[name].push(await contestants[name]())
    }
  }
  return values
}
