import {
  assertDurable,
  assertFanOut,
  assertRounds,
  definitionDigest,
  instrumented,
  machineAsData,
  type Definition,
  type Json,
  type Limits,
  type Playbook,
  type Schema,
  type Tool,
} from '@roster/core'
import { jsonSchemaOf } from '@roster/skills'
import type { AnyStateMachine } from 'xstate'

import { sha256 } from '../sha256.ts'
import { assertClosed } from './closed-arguments.ts'
import { queueOptions } from './queue-options.ts'
import { playbookCode } from './playbook-code.ts'
import type { PlaybookOf } from './playbook.ts'
import { placeOf } from '../place/place-of.ts'
import { codeOf } from '../place/placed.ts'
import type { ToolOf } from './tool.ts'

interface Parts {
  readonly kind: Definition['kind']
  readonly id: string
  readonly machine: AnyStateMachine
  readonly limits: Limits
  readonly input?: Schema
  readonly output?: Schema
  readonly about?: Definition['about']
  readonly demotion?: Definition['demotion']
  /** What else belongs to the digest: instructions, tools. */
  readonly extra?: Json
}

/** Checks that a definition can be made durable, and gives it its digest. */
export function compileDefinition({ extra = null, machine, ...parts }: Parts): Definition {
  const { kind, id, limits, input, output, about, demotion } = parts
  assertDurable(machine, id, { kind })
  assertRounds({ id, limits }, machine)
  assertFanOut({ id, limits }, machine)
  const digest = definitionDigest(sha256, {
    id,
    machine: machineAsData(machine),
    limits: limits as unknown as Json,
    input: schemaAsData(input),
    output: schemaAsData(output),
    about: about === undefined ? null : String(about),
    ...(demotion === undefined ? {} : { demotion: demotion as unknown as Json }),
    extra,
  })
  return {
    kind,
    id,
    digest,
    limits,
    machine: instrumented(machine),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(about === undefined ? {} : { about }),
    ...(demotion === undefined ? {} : { demotion }),
  }
}

/** A schema as it goes into digests. */
function schemaAsData(schema: Schema | undefined): Json {
  return schema === undefined ? null : jsonSchemaOf(schema)
}

export function compilePlaybook(playbook: PlaybookOf): Playbook {
  const { name, version, options, machine } = playbook
  // The digest is taken over the author's own machine.
  return {
    name,
    version,
    owner: options.owner.name,
    definition: compileDefinition({ ...playbookCode(playbook), machine }),
    ...queueOptions(playbook),
  }
}

export function compileTool({ name, version, options }: ToolOf): Tool {
  const {
    owner,
    input,
    output,
    description = name,
    consequential,
    idempotent,
    integrity = 'untrusted',
    readers,
    closed = [],
    gate,
    run,
  } = options
  assertClosed(`${name}@${version}`, input, closed)
  const place = placeOf({ name, version, options })
  const contract = {
    name,
    version,
    input: schemaAsData(input),
    output: schemaAsData(output),
    description,
    consequential,
    idempotent,
    place,
    integrity,
    closed,
    readers: readers ?? null,
    secrets: options.secrets ?? [],
  }
  return {
    name,
    version,
    description,
    consequential,
    idempotent,
    place,
    integrity,
    input,
    output,
    owner: owner.name,
    // Its code too: what runs under a version is what was reviewed.
    digest: sha256(JSON.stringify([contract, gate === undefined ? null : String(gate), codeOf(run).digest])),
    run: run as Tool['run'],
    ...(gate === undefined ? {} : { gate }),
    ...(readers === undefined ? {} : { readers }),
    ...(closed.length === 0 ? {} : { closed }),
  }
}
