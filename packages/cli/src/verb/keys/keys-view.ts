import type { Identity, Rotation } from 'roster/keys'

import { columns } from '../../terminal/columns.ts'
import type { Paint } from '../../terminal/paint.ts'
import { safeText } from '../../terminal/safe-text.ts'

/** The keys, a line each; below them what counts no more. */
export function keysTable(identity: Identity, paint: Paint): string {
  const { operator, account, system, roles, revoked, retired } = identity
  const rows = [
    ['operator', operator.key, paint.quiet(operator.seed)],
    ['account', account.key, paint.quiet(account.seed)],
    ['system', system.key, paint.quiet(system.seed)],
    ...Object.entries(roles).flatMap(([role, entries]) =>
      entries.map(({ key, seed }, index) => [
        role,
        key,
        paint.quiet(index === 0 ? seed : `${seed} (until it is replaced)`),
      ]),
    ),
  ]
  const gone = [
    ...revoked.map(({ name, because }) => `${paint.bad('revoked')} ${safeText(name)}: ${safeText(because)}`),
    ...retired.map(({ role, key, until, because }) =>
      paint.quiet(`${role} ${key} until ${isoTime(until)}: ${safeText(because)}`),
    ),
  ]
  return [columns(rows), ...(gone.length === 0 ? [] : ['', ...gone])].join('\n')
}

/** What a rotation replaced, a line for each role. */
export function rotationTable(rotated: readonly Rotation[], paint: Paint): string {
  return columns(rotated.map(({ role, from, to }) => [role, paint.quiet(from), paint.strong(to)]))
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
