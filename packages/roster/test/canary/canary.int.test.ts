import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { openTeam } from '../../src/client.ts'
import { colleague, person, playbook, team, tool } from '../../src/index.ts'
import { callTools, scriptedModel, type ModelStep } from '../../src/model.ts'
import { allowAll } from '../stage.ts'

/** A secret that is found wherever it goes, and a word that may go everywhere: what is looked for as a control. */
const secret = 'canary-3f9c1d7e5b2a48669a0c'
const word = 'chaffinch-7d1e9b3c5f'

const Word = z.object({ word: z.string() })
const boss = person('boss', { role: 'boss' })

/** Ways in which a tool lets out what it was given. */
const leaks: Readonly<Record<string, (key: string) => { word: string }>> = {
  plainly: (key) => ({ word: `the key is ${key}` }),
  'as Base64': (key) => ({ word: Buffer.from(key).toString('base64') }),
  'as hexadecimal': (key) => ({ word: Buffer.from(key).toString('hex') }),
  'in a URL': (key) => ({ word: `https://bank.example/?token=${encodeURIComponent(key)}` }),
  'in an error': (key) => {
    throw new Error(`401 for ${key}`)
  },
  'in an error of its own kind': (key) => {
    throw Object.assign(new Error('no'), { code: 'bank', message: `refused ${key}`, hint: `rotate ${key}` })
  },
}

/** Everything that a model was told. */
const prompts: string[] = []

/** Calls every leaking tool in turn, and answers with all that came back. */
function curious(names: readonly string[]): ModelStep {
  return scriptedModel({
    answers: (request) => {
      prompts.push(JSON.stringify(request))
      const next = names[request.conversation.filter(({ role }) => role === 'tool').length]
      return next === undefined
        ? { word: `${word} ${JSON.stringify(request.conversation).slice(0, 4000)}` }
        : callTools({ tool: next, input: { word } })
    },
  })
}

function leakyTeam() {
  const tools = Object.values(leaks).map((leak, index) =>
    tool(`leak-${index}@1.0.0`, {
      owner: boss,
      input: Word,
      output: Word,
      consequential: false,
      idempotent: true,
      secrets: ['key'],
      run: (_, { secrets }) => leak(secrets['key'] ?? ''),
    }),
  )
  const clerk = colleague('clerk@1.0.0', {
    owner: boss,
    role: 'clerk',
    model: curious(tools.map(({ name }) => name)),
    tools,
    limits: { steps: 20 },
    secrets: Object.fromEntries(tools.map(({ name }, index) => [name, { key: { env: `CANARY_${index}` } }])),
    accepts: { look: { input: Word, output: Word, instructions: 'Look.' } },
  })
  const look = playbook('look@1.0.0', { owner: boss, input: Word, output: Word }, (steps) => steps.ask(clerk, 'look'))
  return team('canary', { colleagues: [clerk, boss], playbooks: [look], policies: allowAll })
}

/** Spellings under which a text is looked for. */
function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  return [text, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex'), encodeURIComponent(text)]
}

/** In which of these texts a word is found, in any spelling. */
function found(text: string, where: ReadonlyMap<string, string>): readonly string[] {
  return [...where].filter(([, all]) => spellings(text).some((one) => all.includes(one))).map(([name]) => name)
}

async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')] as const)))
}

describe('a canary for a secret', () => {
  const said: string[] = []
  const keep = (chunk: unknown): boolean => said.push(String(chunk)) > 0

  beforeEach(() => {
    for (const index of Object.keys(Object.values(leaks))) process.env[`CANARY_${index}`] = secret
    vi.spyOn(process.stdout, 'write').mockImplementation(keep)
    vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    for (const index of Object.keys(Object.values(leaks))) delete process.env[`CANARY_${index}`]
  })

  it('is in nothing that the system wrote, said or told a model, whatever a tool lets out', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'canary-'))
    const observed: string[] = []
    const texts = new Map<string, string>()
    {
      await using run = await openTeam(leakyTeam(), {
        folder: folder.path,
        observe: (observation) => void observed.push(JSON.stringify(observation)),
      })
      const { task } = await run.publish({ playbook: 'look', input: { word }, idempotencyKey: '1', requester: 'web' })
      await run.settled(task, 30_000)
      await run.idle()
      const { chain } = await run.why({ record: (await run.log({ task })).at(-1)?.envelope.id ?? '' })
      texts.set('the task', JSON.stringify(await run.task(task)))
      texts.set('the records', JSON.stringify(await run.export()))
      texts.set('the log', JSON.stringify(await run.log()))
      texts.set('why', JSON.stringify(chain))
      texts.set('the replay', JSON.stringify(await run.replay({ subject: task })))
    }
    texts.set('the observations', observed.join('\n'))
    texts.set('the prompts', prompts.join('\n'))
    texts.set('what was said', said.join('\n'))
    for (const [file, text] of await filesIn(folder.path)) texts.set(file, text)
    expect(found(secret, texts)).toEqual([])
    // The same search finds what may be there: in the records, in the prompts and in the files of the database.
    const control = found(word, texts)
    expect(control).toEqual(expect.arrayContaining(['the task', 'the records', 'the prompts']))
    expect(control.some((name) => name.startsWith(folder.path))).toBe(true)
    // Every tool was called, and what it let out was marked.
    expect(texts.get('the prompts')?.split('[redacted]').length).toBeGreaterThan(Object.keys(leaks).length)
  }, 120_000)
})
