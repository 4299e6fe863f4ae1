import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outcomeWord } from '../../src/desk/work.ts'
import { shippedPath } from '../../src/documents/shipped.ts'
import { given, rehearsedDesk, type RehearsedDesk } from './rehearsed-desk.ts'

/** How each reading of a document that was no repetition was held, as records say. */
async function confinements(run: RehearsedDesk): Promise<readonly unknown[]> {
  const { records } = await run.operations.export()
  const bodies = records.map(
    ({ body }) => JSON.parse(body ?? '{}') as { readonly evidence?: { confinement?: unknown } },
  )
  return bodies.flatMap(({ evidence }) => (evidence?.confinement === undefined ? [] : [evidence.confinement]))
}

it('a foreign document is parsed in a process of its own, once, and the record says how that was held', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
  await using run = await rehearsedDesk(folder.path)
  // Bytes that nobody has read before.
  const path = join(folder.path, 'fresh.xml')
  const text = await readFile(shippedPath('01-within-limits.xml'), 'utf8')
  await writeFile(path, text.replaceAll('NLK-2026-0311', 'NLK-2026-9999'))
  await given(run, [path])
  expect((await run.operations.tasks()).map(outcomeWord)).toEqual(['paid'])
  expect(await confinements(run)).toEqual([expect.stringMatching(/^(bubblewrap|permission-model)$/)])
})
