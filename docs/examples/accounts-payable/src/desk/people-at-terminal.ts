import { isCancel, note, select, text } from '@clack/prompts'
import type { InboxItem } from 'roster/client'
import type { Decided, People } from './drive.ts'
import { factsOf } from './screen/facts.ts'
import { safeText } from './screen/safe-text.ts'

/** Asks whoever sits at the terminal, in the name of the person who must decide. Whoever breaks off is asked nothing more. */
export function peopleAtTerminal(hold: () => void): People {
  let isOver = false
  return {
    by: 'person',
    async decide(item) {
      if (isOver) return undefined
      hold()
      note(factsOf(item, (process.stdout.columns || 80) - 8), titleOf(item))
      const answer = await answered(item)
      isOver = answer === 'over'
      return answer === 'over' || answer === 'later' ? undefined : answer
    },
  }
}

const titles: Readonly<Record<string, string>> = {
  pay: 'Pay this invoice?',
  credit: 'Book this credit?',
  'by-hand': 'This cannot be paid here. Settle it by hand?',
}

function titleOf({ tool, arguments: args }: InboxItem): string {
  const { kind } = args as { kind?: string }
  return titles[kind ?? tool] ?? `May ${safeText(tool)} be used for this?`
}

async function answered({ person }: InboxItem): Promise<Decided | 'later' | 'over'> {
  const decision = await select({
    message: `You decide as ${safeText(person)}`,
    options: [
      { value: 'approved', label: 'Approve exactly this' },
      { value: 'declined', label: 'Decline' },
      { value: 'later', label: 'Leave it in the inbox' },
    ] as const,
  })
  if (isCancel(decision)) return 'over'
  if (decision !== 'declined') return decision === 'later' ? 'later' : { decision, reason: '' }
  const reason = await text({ message: 'Why?', placeholder: 'for the record' })
  return isCancel(reason) ? 'over' : { decision, reason: reason ?? '' }
}
