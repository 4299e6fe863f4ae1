/** Tool names as providers take them (letters, digits, `_` and `-`, at most 64), and back. */
export interface ToolAliases {
  readonly aliasOf: (name: string) => string
  /** The tool's own name; a name that is no alias stays as it is. */
  readonly nameOf: (alias: string) => string
}

export function toolAliases(names: readonly string[]): ToolAliases {
  const aliases = new Map<string, string>()
  const taken = new Map<string, string>()
  for (const name of names) {
    const plain = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60)
    let alias = plain
    for (let nth = 2; taken.has(alias); nth++) alias = `${plain}_${nth}`
    taken.set(alias, name)
    aliases.set(name, alias)
  }
  return { aliasOf: (name) => aliases.get(name) ?? name, nameOf: (alias) => taken.get(alias) ?? alias }
}
