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
}

await serve(async ({ url }: DbosOptions) => {
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

  // A connection for each workflow: more than its default, so that none waits for another's.
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, systemDatabasePoolSize: actorCount + 4, logLevel: 'error' })
  const workflow = DBOS.registerWorkflow(reading, { name: 'reading' })
  await DBOS.launch()
  for (let index = 0; index < actorCount; index++)
    await DBOS.startWorkflow(workflow, { workflowID: `reading-${index}` })()
  return endless({ gate, latencies, count: () => count })
})
