import { PassThrough } from 'node:stream'
import { run } from '@roster/cli'
import type { Operations } from 'roster/client'

/** What `roster why --about <key>` prints of a desk, without colours. */
export async function toldOf(operations: Operations, about: string): Promise<string> {
  const [output, errors, input] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const here = Object.assign(Object.create(operations) as Operations, { [Symbol.asyncDispose]: async () => {} })
  const unasked = (): Promise<never> => Promise.reject(new Error('a story is told by its own desk'))
  const openers = { connect: async () => here, open: unasked, load: unasked, verifyExport: unasked, check: unasked }
  await run(['why', '--about', about], {
    terminal: { input, output, errors, interactive: false, lively: false, colours: false, width: undefined },
    env: {},
    cwd: import.meta.dirname,
    signal: new AbortController().signal,
    now: () => 0,
    newKey: () => 'a key',
    openers: { ...openers, keepDocument: unasked, history: unasked, ready: unasked, consents: unasked, desk: unasked },
  })
  const [text, flaws] = [output, errors].map((stream) => (stream.read() as Buffer | null)?.toString('utf8') ?? '')
  if (flaws !== '') throw new Error(flaws)
  return text ?? ''
}
