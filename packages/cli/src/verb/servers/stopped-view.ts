import type { Stopped } from '@roster/servers'

import type { Paint } from '../../terminal/paint.ts'
import { safeText } from '../../terminal/safe-text.ts'

/** What became of the servers of a clone. */
export function stoppedText({ stopped, died }: Stopped, paint: Paint): string {
  const first = stopped.length === 0 ? 'No server of this clone was running.' : `Stopped: ${stopped.join(', ')}.`
  const words = died.flatMap(({ name, lastOutput }) => [
    paint.bad(`${name} had ended by itself. The end of its log:`),
    ...lastOutput.split('\n').map((line) => `  ${safeText(line)}`),
  ])
  return [first, ...words].join('\n')
}
