import type { Sandbox } from '@roster/core'
import { bubblewrapSandbox, runInProcess, workerSandbox } from '@roster/skills'

import type { McpConnections } from '@roster/skills/mcp'

import type { Places } from './placed.ts'

/** The places of this host. Each is made when it is first needed: a team whose tools are all the host's own starts nothing. */
export function openPlaces(): Places {
  const sandboxes = new Map<string, Sandbox>()
  let connections: Promise<McpConnections> | undefined
  const made = { worker: workerSandbox, bubblewrap: bubblewrapSandbox }
  return {
    sandbox: (confinement) => {
      const sandbox = sandboxes.get(confinement) ?? made[confinement]()
      sandboxes.set(confinement, sandbox)
      return sandbox
    },
    process: async (program, input, { secrets, idempotencyKey, task, document, signal }) =>
      await runInProcess(program, { input, secrets, idempotencyKey, task, document, signal }),
    // Loaded when it is first needed: few teams have such tools.
    mcp: async (call) => {
      connections ??= import('@roster/skills/mcp').then((mcp) => new mcp.McpConnections())
      return await (await connections).call(call)
    },
    async [Symbol.asyncDispose]() {
      await (await connections)?.[Symbol.asyncDispose]()
      await Promise.all([...sandboxes.values()].map(async (sandbox) => await sandbox[Symbol.asyncDispose]()))
    },
  }
}
