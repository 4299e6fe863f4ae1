import type { AnyStateMachine } from 'xstate'

import { nodesOf, type Node } from './machine.ts'
import { skillOf, type Skill } from './skill.ts'

/** The skills that a machine invokes, in all of its states. */
export function skillsOf(machine: AnyStateMachine): readonly Skill[] {
  return nodesOf(machine).flatMap((node) =>
    node.invoke.flatMap((invocation) => skillOf(logicOf(machine, node, invocation)) ?? []),
  )
}

/** What an invocation stands for: by the name under which the machine was set up, or as it stands in the state. */
export function logicOf(machine: AnyStateMachine, node: Node, invocation: Node['invoke'][number]): unknown {
  const configured = [node.config.invoke].flat() as ({ src: unknown } | undefined)[]
  const source = configured[node.invoke.indexOf(invocation)]?.src
  return typeof source === 'string' ? (machine.implementations.actors as Record<string, unknown>)[source] : source
}
