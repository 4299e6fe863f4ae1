import type { PromptText } from 'roster/client'

import type { Paint } from '../terminal/paint.ts'
import { safeJson, safeText } from '../terminal/safe-text.ts'

/** What a model was told: the instructions, the tools that it could ask for, and the form of its answer. */
export function promptFacts({ digest, instructions, tools, output }: PromptText, { strong, quiet }: Paint): string {
  return [
    `Prompt ${strong(digest)}`,
    '',
    ...instructions.split('\n').map(safeText),
    '',
    quiet(tools.length === 0 ? 'It could ask for no tool.' : 'It could ask for:'),
    ...tools.map(({ name, description }) => `  ${safeText(name)}  ${safeText(description)}`),
    quiet('Its answer had to fit:'),
    `  ${safeJson(output)}`,
  ].join('\n')
}
