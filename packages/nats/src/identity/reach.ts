import type { Colleague, Policy, Question, Team } from '@roster/core'

/**
 * Names of the colleagues to whom one may publish on the bus, in the team's order: those whom the policies let it send something to under
 * some circumstances, and those whom they let send something to it, for it answers them. The host asks the policy again about each
 * message, with its real circumstances; the bus only bounds what a stolen credential can reach.
 */
export function reachOf(team: Team, name: string, policy: Policy): readonly string[] {
  const self = team.colleagues[name]
  if (self === undefined) return []
  return Object.values(team.colleagues)
    .filter((other) => other.name !== name && (maySend(self, other, policy) || maySend(other, self, policy)))
    .map((other) => other.name)
}

function maySend(sender: Colleague, recipient: Colleague, policy: Policy): boolean {
  return questions(sender, recipient).some((question) => policy.decide(question).allowed)
}

/** Everything that one can ask of another, in all circumstances that a message can have. */
function questions({ kind, name, role }: Colleague, recipient: Colleague): readonly Question[] {
  const kinds = new Set([...Object.keys(recipient.accepts), ...recipient.duty.machine.events])
  return [...kinds].flatMap((asked) =>
    (['trusted', 'untrusted'] as const).map((integrity) => ({
      principal: { kind, name, role },
      action: 'send',
      resource: { kind: 'colleague', name: recipient.name },
      context: { integrity, approved: false, endorsed: false, consequential: false, kind: asked },
    })),
  )
}
