// The process of one call of a tool whose place is `process`: it loads the tool's module, calls it once and ends.
import { createWriteStream } from 'node:fs'
import { pathToFileURL } from 'node:url'

import { frame, frameReader } from './frames.ts'
import type { FromChild, ToChild, ToolRequest } from './protocol.ts'

const maxBytes = 64 * 1024 * 1024
const [module = ''] = process.argv.slice(2)

// Standard output is the tool's own: what is printed there reaches nobody.
const answers = createWriteStream('', { fd: 3 })
const documents = new Map<number, (base64: string | null) => void>()
let asked = 0

const say = (message: FromChild): void => void answers.write(frame(message))

function document(hash: string): Promise<Uint8Array | undefined> {
  const id = ++asked
  say(['document', id, hash])
  return new Promise((resolve) =>
    documents.set(id, (base64) => resolve(base64 === null ? undefined : new Uint8Array(Buffer.from(base64, 'base64')))),
  )
}

async function run({ input, ...context }: ToolRequest): Promise<FromChild> {
  try {
    const { default: tool } = (await import(pathToFileURL(module).href)) as { readonly default?: unknown }
    if (typeof tool !== 'function') return ['failed', 'definition-invalid', 'the module has no function as its default']
    // A withdrawn call ends the process: there is nothing to listen to.
    const { signal } = new AbortController()
    const output: unknown = await (tool as (...args: unknown[]) => unknown)(input, { ...context, document, signal })
    return ['done', JSON.stringify(output ?? null)]
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
    return [
      'failed',
      typeof code === 'string' ? code : 'tool-failed',
      typeof message === 'string' ? message : String(error),
    ]
  }
}

process.stdin.on(
  'data',
  frameReader(maxBytes, (value) => {
    const message = value as ToChild
    if (message[0] === 'document') documents.get(message[1])?.(message[2])
    else void run(message[1]).then((outcome) => answers.write(frame(outcome), () => process.exit()))
  }),
)
process.stdin.on('end', () => process.exit())
