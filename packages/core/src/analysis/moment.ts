import type { Skill } from '../actor/skill.ts'

/** An invocation of a machine. */
export interface Invocation {
  /** Its id. */
  readonly child: string
  /** The name under which the machine invokes it. */
  readonly src: string
  readonly skill: Skill
}

/** What starts a move. */
export type Happening =
  | { readonly kind: 'begun' }
  /** An invocation answered; an approval tells how. */
  | { readonly kind: 'answered'; readonly invocation: Invocation; readonly decision?: 'approved' | 'declined' }
  | { readonly kind: 'failed'; readonly invocation: Invocation }
  /** A time is over: its name or its milliseconds. */
  | { readonly kind: 'late'; readonly delay: string; readonly state: string; readonly type: string }
  | { readonly kind: 'message'; readonly type: string }

/** What happens in a move, one after the other: first what starts it. States are told by their path. */
export type Moment =
  | Happening
  | { readonly kind: 'held'; readonly guard: string; readonly state: string }
  | { readonly kind: 'entered'; readonly state: string }
  | { readonly kind: 'started'; readonly invocation: Invocation }
