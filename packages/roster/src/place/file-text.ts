import { readFileSync } from 'node:fs'

import { RosterError } from '@roster/core'

/** The text of a file of the team. */
export function fileText(file: URL): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new RosterError('definition-invalid', `${file.href} cannot be read`, {
      path: file.href,
      hint: 'Name a file beside the team: new URL("./parse.ts", import.meta.url).',
      cause,
    })
  }
}
