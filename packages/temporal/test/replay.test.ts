import { readdir, readFile } from 'node:fs/promises'

import { Worker } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { expect, it } from 'vitest'

import { bundleOf } from './kit/temporal-world.ts'

const folder = new URL('histories/released/', import.meta.url)

/** Histories of released interpreters, a folder each, as the server kept them. Replayed in Temporal's own way: a command more or less is an error. */
const histories: readonly string[] = (await readdir(folder, { recursive: true })).filter((name) =>
  name.endsWith('.json'),
)

it.each(histories)('the interpreter replays what it did then: %s', async (name) => {
  await expect(replay(name)).resolves.toBeUndefined()
})

it('the replay fails where stepping a record gives another state than the one recorded', async () => {
  const otherwise = (text: string): string =>
    text.replaceAll(/"stateDigest":"[0-9a-f]{64}"/g, `"stateDigest":"${'0'.repeat(64)}"`)

  await expect(replay('1-signals/line.json', otherwise)).rejects.toThrow(/gives another state/)
})

it('the replay fails where the interpreter would do something else', async () => {
  const less = (text: string): string => text.replaceAll('"kind":"stored"', '"kind":"waits"')

  await expect(replay('1-signals/line.json', less)).rejects.toThrow(DeterminismViolationError)
})

it('the replay fails on an interpreter that was changed', async () => {
  await expect(replay('1-signals/line.json', undefined, 'workflows-changed.ts')).rejects.toThrow(
    DeterminismViolationError,
  )
})

it('the replay fails on a playbook that was changed under its version', async () => {
  await expect(replay('1-signals/approved-by-the-second.json', undefined, 'workflows-other.ts')).rejects.toThrow(
    /gives another state/,
  )
})

async function replay(name: string, change = (text: string): string => text, workflows?: string): Promise<void> {
  const history: unknown = JSON.parse(await readFile(new URL(name, folder), 'utf8'), (_key, value: unknown) =>
    // Answers of activities are payloads in base64.
    typeof value === 'string' && value.startsWith('eyJ')
      ? Buffer.from(change(Buffer.from(value, 'base64').toString()), 'utf8').toString('base64')
      : value,
  )
  await Worker.runReplayHistory({ workflowBundle: await bundleOf(workflows) }, history)
}
