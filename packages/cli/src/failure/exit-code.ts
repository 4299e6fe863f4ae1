/** What a script can rely on. An interrupted command ends with 130, as shells expect. */
export const exitCode = {
  /** Done, waiting for a person, or fine. */
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  /** Not verified, diverged, or `check` found problems. */
  unverified: 4,
  /** The folder, the team or the store cannot be reached or opened. */
  unreachable: 5,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

const exitOf: Readonly<Record<string, ExitCode>> = {
  usage: exitCode.usage,
  'unknown-task': exitCode.usage,
  'unknown-record': exitCode.usage,
  'unknown-schedule': exitCode.usage,
  'unknown-colleague': exitCode.usage,
  'unknown-tool': exitCode.usage,
  'file-not-found': exitCode.usage,
  refused: exitCode.refused,
  denied: exitCode.refused,
  declined: exitCode.refused,
  'approval-required': exitCode.refused,
  'approval-used': exitCode.refused,
  'input-invalid': exitCode.refused,
  'not-json': exitCode.refused,
  'unknown-task-kind': exitCode.refused,
  'message-too-large': exitCode.refused,
  'document-too-large': exitCode.refused,
  'mailbox-full': exitCode.refused,
  'chain-broken': exitCode.unverified,
  diverged: exitCode.unverified,
  'team-not-found': exitCode.unreachable,
  'team-invalid': exitCode.unreachable,
  'definition-invalid': exitCode.unreachable,
  'definition-changed': exitCode.unreachable,
  'consent-missing': exitCode.refused,
  'ready-unsigned': exitCode.refused,
  'policy-invalid': exitCode.unreachable,
  'not-durable': exitCode.unreachable,
  'store-locked': exitCode.unreachable,
  'store-unavailable': exitCode.unreachable,
  'disk-full': exitCode.unreachable,
  'file-not-written': exitCode.unreachable,
  'identity-missing': exitCode.unreachable,
  'identity-invalid': exitCode.unreachable,
  'bus-unavailable': exitCode.unreachable,
  'credential-refused': exitCode.refused,
  interrupted: exitCode.interrupted,
}

/** The exit code for an error's code; what is not listed failed. */
export function exitCodeOf(code: string): ExitCode {
  return Object.hasOwn(exitOf, code) ? (exitOf[code] ?? exitCode.failed) : exitCode.failed
}
