import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { runInProcess, type ProcessOutcome } from '../../src/process/tool-process.ts'

const module = fileURLToPath(new URL('./tool/harm.ts', import.meta.url))
const canary = 'canary-51be07'

/** What a hostile tool tries, and with which codes it may fail. `answers`: it may answer this instead. */
const harms: readonly { readonly what: string; readonly codes: readonly string[]; readonly answers?: unknown }[] = [
  { what: 'reads a file of the host', codes: ['ERR_ACCESS_DENIED', 'ENOENT'] },
  { what: 'reads who has an account', codes: ['ERR_ACCESS_DENIED', 'ENOENT'] },
  { what: 'lists a home', codes: ['ERR_ACCESS_DENIED', 'ENOENT'] },
  { what: 'reads the environment of its parent', codes: ['ERR_ACCESS_DENIED', 'ENOENT'] },
  { what: 'looks for keys in its environment', codes: [], answers: [] },
  { what: 'writes a file of the host', codes: ['ERR_ACCESS_DENIED', 'ENOENT'] },
  { what: 'starts a program', codes: ['ERR_ACCESS_DENIED'] },
  { what: 'starts a thread', codes: ['ERR_ACCESS_DENIED'] },
  { what: 'loads an addon', codes: ['ERR_DLOPEN_DISABLED'] },
  { what: 'opens the inspector', codes: ['ERR_ACCESS_DENIED', 'ERR_INSPECTOR_NOT_AVAILABLE'] },
  { what: 'loops for ever', codes: ['timeout'] },
  { what: 'never answers', codes: ['timeout', 'tool-failed'] },
  { what: 'takes all memory', codes: ['tool-failed'] },
  { what: 'answers more than it may', codes: ['size-exceeded', 'tool-failed'] },
  { what: 'answers deep nesting', codes: ['size-exceeded'] },
  { what: 'answers a __proto__', codes: ['not-json'] },
  { what: 'speaks to the host itself', codes: ['tool-failed'] },
  { what: 'answers for itself, in the words of its process', codes: ['tool-failed'] },
  { what: 'ends its process', codes: ['tool-failed'] },
  { what: 'throws what is no error', codes: ['tool-failed'] },
]

/** What hostile tools try, in processes that are held like this. */
export function hostileToolContract(confinement: string, more: typeof harms): void {
  const bait = { port: 0, file: '', folder: '' }
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => {})
    socket.end(canary)
  })

  beforeAll(async () => {
    process.env['ROSTER_CANARY'] = canary
    bait.folder = await mkdtemp(join(tmpdir(), 'roster-harm-'))
    bait.file = join(bait.folder, 'canary.txt')
    await writeFile(bait.file, canary)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    bait.port = (server.address() as { port: number }).port
  })
  afterAll(async () => {
    delete process.env['ROSTER_CANARY']
    await new Promise((resolve) => server.close(resolve))
    await rm(bait.folder, { recursive: true })
  })
  const call = async (what: string, timeMs: number): Promise<ProcessOutcome> =>
    await runInProcess(
      { module, files: [], timeMs, memoryBytes: 64 * 1024 * 1024 },
      {
        input: { what, bait: { ...bait } },
        secrets: {},
        idempotencyKey: 'key',
        task: 'task',
        document: async () => await Promise.resolve(undefined),
        signal: new AbortController().signal,
      },
    )

  it.for([...harms, ...more].map((harm) => [harm.what, harm] as const))('%s', async ([what, { codes, answers }]) => {
    // What ends by itself has the time for it, on a busy machine too.
    const outcome = await call(what, codes.includes('timeout') ? 1500 : 25_000)
    const { result } = outcome
    expect(outcome.confinement).toBe(confinement)
    expect(JSON.stringify(outcome)).not.toContain(canary)
    const expected = answers === undefined ? codes : [JSON.stringify(answers)]
    expect(expected, JSON.stringify(outcome)).toContain(result.ok ? JSON.stringify(result.value) : result.failure.code)
  })

  it('wrote nothing, and the host is as it was', async () => {
    expect(await readdir(bait.folder)).toEqual(['canary.txt'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('reached only what is not taken away', () => {
    expect(connections).toBe(more.some(({ answers }) => answers === 'connected') ? 1 : 0)
  })
}
