/** What a record has under a name that came from outside: never what it inherits, such as `constructor`. */
export function own<V>(members: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
