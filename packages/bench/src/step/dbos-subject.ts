import { seconds } from '../measure/stopwatch.ts'
import { importPeer } from '../peers/import-peer.ts'
import { endless } from '../subject/endless.ts'
import { Gate } from '../subject/gate.ts'
import { Latencies } from '../subject/latencies.ts'
import { serve } from '../subject/serve.ts'
import { textOf } from '../world/text.ts'
import { actorCount } from './team.ts'

/** As much of DBOS as is used. https://docs.dbos.dev/typescript/reference/transactapi/dbos-class */
interface Dbos {
  setConfig(config: object): void
  launch(): Promise<void>
  registerWorkflow<Args extends unknown[], Output>(
    workflow: (...args: Args) => Promise<Output>,
    config: { readonly name: string },
  ): (...args: Args) => Promise<Output>
  startWorkflow<Args extends unknown[], Output>(
    workflow: (...args: Args) => Promise<Output>,
    params: { readonly workflowID: string },
  ): (...args: Args) => Promise<{ getResult(): Promise<Output> }>
  runStep<Output>(step: () => Promise<Output>, config: { readonly name: string }): Promise<Output>
}

export interface DbosOptions {
  readonly url: string
  /** @defaultValue 32 */
  readonly workflows?: number
}

/** Connections beyond which a server of 100 has none left for others. */
const mostConnections = 68

await serve(async ({ url, workflows = actorCount }: DbosOptions) => {
  const { DBOS } = await importPeer<{ DBOS: Dbos }>('@dbos-inc/dbos-sdk')
  const gate = new Gate()
  const latencies = new Latencies()
  const document = textOf(1000, 1)
  let count = 0

  /** Step after step, each with an answer of 1 KB, checkpointed before the next begins. */
  async function reading(): Promise<void> {
    for (let number = 0; ;) {
      await gate.pass()
      const start = seconds()
      const answer = await DBOS.runStep(() => Promise.resolve({ number: number + 1, document }), { name: 'read' })
      number = answer.number
      count += 1
      if (gate.isOpen) latencies.add(seconds() - start)
    }
  }

  // A connection for each workflow, as far as the server has them: more than its default, so that none waits for another's.
  const systemDatabasePoolSize = Math.min(workflows + 4, mostConnections)
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, systemDatabasePoolSize, logLevel: 'error' })
  const workflow = DBOS.registerWorkflow(reading, { name: 'reading' })
  await DBOS.launch()
  for (let index = 0; index < workflows; index++)
    await DBOS.startWorkflow(workflow, { workflowID: `reading-${index}` })()
  return endless({ gate, latencies, count: () => count })
})
