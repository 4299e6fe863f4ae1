import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, expect, it, vi } from 'vitest'

import { openTeam } from '../../src/client.ts'
import { colleague, inProcess, playbook, team, tool } from '../../src/index.ts'
import { temporaryFolder } from '../socket/temporary-folder.ts'
import { allowAll, boss, calling, Word } from '../stage.ts'

vi.setConfig({ testTimeout: 120_000 })
afterEach(() => void vi.unstubAllEnvs())

/** No secret: it shows that the search sees what is stored. */
const marker = 'marker-5521c0de'

const canary = 'canary-e4c0da77b15f'

/** Tools that say whatever they are told, in an answer and in an error, one in each place that gets secrets. */
const contract = { owner: boss, input: Word, output: Word, consequential: false, idempotent: true, secrets: ['key'] }
const module = new URL('./tool/tell.ts', import.meta.url)
const tools = [
  tool('inside@1.0.0', { ...contract, run: ({ word }, { secrets }) => ({ word: `${word} ${secrets['key']}` }) }),
  tool('apart@1.0.0', { ...contract, run: inProcess({ module }) }),
  tool('failing@1.0.0', {
    ...contract,
    run: (_, { secrets }) => {
      throw new Error(`refused by https://crm.example/?key=${secrets['key']}`)
    },
  }),
]

/** A team of one agent for each tool, each with a secret of its own. */
const agents = tools.map((one) =>
  colleague(`${one.name}-clerk@1.0.0`, {
    owner: boss,
    role: 'clerk',
    model: calling(one.name, () => ({ word: 'hello' })),
    tools: [one],
    secrets: { [one.name]: { key: { env: `ROSTER_TEST_${one.name.toUpperCase()}` } } },
    accepts: { say: { input: Word, output: Word } },
  }),
)
const playbooks = agents.map((agent) =>
  playbook(`ask-${agent.name}@1.0.0`, { owner: boss, input: Word, output: Word }, (steps) => steps.ask(agent, 'say')),
)
const office = team('office', { colleagues: [...agents, boss], playbooks, policies: allowAll })

it('no secret is in anything that the system wrote', async () => {
  for (const { name } of tools) vi.stubEnv(`ROSTER_TEST_${name.toUpperCase()}`, `${canary}-${name}`)
  await using folder = await temporaryFolder()
  const printed: string[] = []
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  const observed: unknown[] = []
  const words = await run(folder.path, observed)
  vi.restoreAllMocks()

  expect(words).toEqual(['{"word":"hello [redacted]"}', '{"word":"hello [redacted]"}', 'tool-failed'])
  const files = await filesOf(folder.path)
  expect(files.length).toBeGreaterThan(10)
  const having = (text: string) => files.filter(({ bytes }) => bytes.includes(text)).map(({ path }) => path)
  expect(having(marker)).not.toEqual([])
  expect(having(canary)).toEqual([])
  expect(printed.join('')).not.toContain(canary)
  expect(JSON.stringify(observed)).not.toContain(canary)
})

/** Has each playbook done once, in a folder; what came of it, and everything that can be asked of the team afterwards. */
async function run(folder: string, observed: unknown[]): Promise<readonly unknown[]> {
  await using opened = await openTeam(office, { folder, observe: (observation) => observed.push(observation) })
  const words: unknown[] = []
  for (const { name } of playbooks) {
    const { task } = await opened.publish({
      playbook: name,
      input: { word: marker },
      idempotencyKey: name,
      requester: 'me',
    })
    await opened.settled(task, 60_000)
    const { records } = await opened.export({ task })
    observed.push(records, await opened.task(task), await opened.log())
    observed.push(await opened.replay({ subject: task }))
    words.push(wordIn(records.map(({ body }) => body ?? '')))
  }
  observed.push(await opened.export({}), await opened.who(), await opened.check())
  return words
}

/** The word that a task ended with: the last output on record. */
function wordIn(bodies: readonly string[]): unknown {
  const outputs = [...bodies.join('\n').matchAll(/"output":\{"word":("(?:[^"\\]|\\.)*")\}/g)]
  return JSON.parse(outputs.at(-1)?.[1] ?? 'null')
}

async function filesOf(folder: string): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return await Promise.all(files.map(async (path) => ({ path, bytes: await readFile(path) })))
}
