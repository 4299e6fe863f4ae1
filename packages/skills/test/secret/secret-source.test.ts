import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { readSecret } from '../../src/secret/secret-source.ts'

it('reads a secret from a variable', async () => {
  expect(await readSecret({ env: 'CRM_KEY' }, { CRM_KEY: 's3cret' })).toBe('s3cret')
})

it('reads a secret from a file, without the end of its line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'roster-secret-'))
  await writeFile(join(folder, 'key'), 's3cret\n')
  expect(await readSecret({ file: join(folder, 'key') })).toBe('s3cret')
  await rm(folder, { recursive: true })
})

it.each([[{ env: 'CRM_KEY' }], [{ file: '/nowhere/key' }]])('says which source is empty: %j', async (source) => {
  await expect(readSecret(source, { CRM_KEY: '' })).rejects.toMatchObject({ code: 'secret-missing' })
})
