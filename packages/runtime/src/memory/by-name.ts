/** Order of names and keys: by their UTF-8 bytes, as PostgreSQL's collation "C" has it. `<` would order by UTF-16 units. */
export function byName(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
