import type { ServerUser } from './server-user.ts'

/** How a server's process is started. */
export interface ServerCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly user: ServerUser | undefined
  /** A text of its output which says that it serves; without one it is a program that runs to its end. */
  readonly readyText?: string
}

/** What the owner of a server asks of its supervisor. */
export type SupervisorRequest =
  | { readonly kind: 'remove-at-end'; readonly folder: string }
  | { readonly kind: 'start'; readonly command: ServerCommand }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }

/** What the supervisor says; `output` is the end of what the server printed. */
export type SupervisorReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'exited'; readonly code: number | null; readonly output: string }
