import {
  approvalJob,
  standardDuty,
  standardJob,
  type Colleague,
  type Definition,
  type Team,
  type Tool,
  type Work,
} from '@roster/core'
import { sha256 } from '@roster/testing'

import { definition, payJob, playbooks, withNumber } from './definitions.ts'

function colleague(
  kind: Colleague['kind'],
  name: string,
  role: string,
  accepts: Readonly<Record<string, Definition>>,
): Colleague {
  const duty = definition('colleague', `${name}@1.0.0`, standardDuty)
  const works = Object.entries(accepts).map(([work, one]): [string, Work] => [
    work,
    { definition: one, instructions: '', tools: [] },
  ])
  const model = kind === 'agent' ? 'scripted' : null
  return {
    kind,
    name,
    role,
    version: '1.0.0',
    owner: 'eve',
    duty,
    concurrency: 1,
    tools: [],
    model,
    accepts: Object.fromEntries(works),
  }
}

function tool(name: string, parts: Partial<Tool> = {}): Tool {
  const input = withNumber('amount')
  const contract = {
    name,
    version: '1.0.0',
    digest: sha256(name),
    owner: 'eve',
    input,
    output: input,
    description: name,
  }
  return {
    ...contract,
    consequential: false,
    idempotent: true,
    place: 'host',
    integrity: 'trusted',
    run: async () => null,
    ...parts,
  }
}

const readJob = (name: string): Definition =>
  definition('job', `${name}@1.0.0/read`, standardJob, { input: withNumber('amount') })
const inbox = (name: string): Definition => definition('job', `${name}@1.0.0/approval`, approvalJob)

/**
 * Two clerks who read, one at a time; a treasurer who pays, with the chief's approval above 100; and tools: `lookup`, `pay`, and `stamp`,
 * which cannot be repeated.
 */
export const team: Team = {
  name: 'acme',
  digest: sha256('acme'),
  colleagues: {
    ada: colleague('agent', 'ada', 'clerk', { read: readJob('ada') }),
    bert: colleague('agent', 'bert', 'clerk', { read: readJob('bert') }),
    tess: colleague('agent', 'tess', 'treasurer', { pay: payJob }),
    eve: colleague('person', 'eve', 'chief', { approval: inbox('eve'), notice: inbox('eve') }),
  },
  playbooks: Object.fromEntries(
    Object.entries(playbooks).map(([name, one]) => [name, { name, version: '1.0.0', owner: 'eve', definition: one }]),
  ),
  tools: {
    lookup: tool('lookup'),
    stamp: tool('stamp', { idempotent: false }),
    pay: tool('pay', {
      consequential: true,
      gate: (input: never) =>
        (input as { amount: number }).amount > 100 ? { role: 'chief', because: 'it is more than 100' } : null,
    }),
  },
  configuration: null,
}
