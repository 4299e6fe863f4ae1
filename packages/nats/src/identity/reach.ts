import { candidates, skillsOf, type Colleague, type Policy, type Question, type Team } from '@roster/core'

/**
 * Names of the colleagues to whom one may publish on the bus, in the team's order: those whom the machines of its jobs ask or tell something
 * and whom the policies let it send that under some circumstances, and those who so ask it (it answers them). The host asks the policy again
 * about each message, with its real circumstances; the bus only bounds what a stolen credential can reach.
 */
export function reachOf(team: Team, name: string, policy: Policy): readonly string[] {
  const self = team.colleagues[name]
  if (self === undefined) return []
  const speaks = (sender: Colleague, recipient: Colleague): boolean =>
    addresseesIn(team, sender).has(recipient.name) && maySend(sender, recipient, policy)
  return Object.values(team.colleagues)
    .filter((other) => other.name !== name && (speaks(self, other) || speaks(other, self)))
    .map((other) => other.name)
}

/** Whom a colleague's machines address. In a large team it is asked about each pair, and the machines stay as they are. */
const addressees = new WeakMap<Team, Map<string, ReadonlySet<string>>>()

function addresseesIn(team: Team, sender: Colleague): ReadonlySet<string> {
  const known = addressees.get(team) ?? new Map<string, ReadonlySet<string>>()
  addressees.set(team, known)
  const found = known.get(sender.name) ?? addresseesOf(team, sender)
  known.set(sender.name, found)
  return found
}

function addresseesOf(team: Team, { name, accepts }: Colleague): ReadonlySet<string> {
  const present = Object.values(accepts).map(({ definition }) => definition)
  const former = Object.values(team.former ?? {}).filter(({ id }) => id.startsWith(`${name}@`))
  const skills = [...present, ...former].flatMap(({ machine }) => skillsOf(machine))
  return new Set(skills.flatMap((skill) => ('to' in skill ? candidates(team, skill.to) : [])))
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
