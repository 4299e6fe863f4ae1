import type { Terminal } from './terminal.ts'

/** Work by its title. */
export type Step = readonly [title: string, work: () => Promise<void>]

/** Does one step after the other, showing on the error stream how far it is. */
export async function steps({ errors, lively }: Terminal, quiet: boolean, all: readonly Step[]): Promise<void> {
  if (quiet || !lively) {
    for (const [title, work] of all) {
      if (!quiet) errors.write(`${title} …\n`)
      await work()
    }
    return
  }
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2')
  const stream = errors as NodeJS.WriteStream
  const list = new Listr(
    all.map(([title, work]) => ({ title, task: work })),
    {
      rendererOptions: {
        logger: new ListrLogger({ useIcons: true, processOutput: new ProcessOutput(stream, stream) }),
      },
      registerSignalListeners: false,
    },
  )
  await list.run()
}
