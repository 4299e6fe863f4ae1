/** A JSON pointer (RFC 6901) to a member of what `path` points to. */
export function pointerWith(path: string, member: string | number): string {
  return `${path}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The members that a JSON pointer goes through; none for the whole document. */
export function pointerTokens(path: string): readonly string[] {
  if (path === '') return []
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}
