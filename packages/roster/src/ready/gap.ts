/** Something that a security reviewer would ask about and find open. */
export interface Gap {
  /** What is missing, from a closed list: a signature names it, with what it is about. */
  readonly code: GapCode
  /** What it is about: a colleague, a playbook, a tool, a key. */
  readonly what: string
  /** In words. */
  readonly says: string
  /** The command, or the line of the team's file, that mends it. */
  readonly mend: string
}

/** Every kind of gap, with what a reviewer asks. */
export const gapCodes = {
  'check-failed': 'Is the team sound: definitions, policies, contracts, fallbacks, loops?',
  'consent-missing': 'Have all owners agreed to what changed?',
  'limits-default': 'Has somebody thought about its limits?',
  'window-missing': 'Is there a bound to what it can spend in a day, whatever happens?',
  'model-alone': 'What happens when its model is away?',
  'grant-unused': 'Is anything granted that nothing uses?',
  'stop-nobody': 'Can somebody stop it?',
  'place-weak': 'Is code that runs apart really held?',
  'secret-missing': 'Are the secrets where they are said to be?',
  'paths-unexercised': 'Was every way tried at least once?',
  'alert-none': 'Whom does an alert reach?',
  'alert-single': 'Who is there when that person is not?',
  'keys-old': 'When were the keys replaced last?',
  'restore-undrilled': 'When was it last tried to have everything back?',
  'lock-missing': 'Is what the team can do pinned, so that a change of it is seen?',
} as const

export type GapCode = keyof typeof gapCodes

/** How a signature names a gap. */
export function gapName({ code, what }: Pick<Gap, 'code' | 'what'>): string {
  return `${code} ${what}`
}
