import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { runInProcess, type ProcessCall } from '../../src/process/tool-process.ts'

const module = fileURLToPath(new URL('./tool/parse.ts', import.meta.url))
const rates = fileURLToPath(new URL('./tool/rates.txt', import.meta.url))

const call = (input: ProcessCall['input'], more: Partial<ProcessCall> = {}): ProcessCall => ({
  input,
  secrets: {},
  idempotencyKey: 'key',
  task: 'task-1',
  document: async (hash) => await Promise.resolve(hash === 'known' ? Buffer.from('INVOICE 4711') : undefined),
  signal: new AbortController().signal,
  ...more,
})

describe('a tool in a process', () => {
  it('gets its input, its documents, its files and its secrets, and nothing else', async () => {
    const { result } = await runInProcess(
      { module, files: [rates] },
      call({ hash: 'known', rates }, { secrets: { key: 's3cret-value' } }),
    )
    expect(result).toEqual({
      ok: true,
      value: { text: 'INVOICE 4711', rates: 'USD 1.08\n', key: 's3cret-value', environment: [], task: 'task-1' },
    })
  })

  it('has no document that the store does not have', async () => {
    const { result } = await runInProcess({ module, files: [] }, call({ hash: 'unknown', rates: '' }))
    expect(result).toMatchObject({ ok: true, value: { text: null } })
  })

  it('cannot read a file that it was not granted', async () => {
    const { result } = await runInProcess({ module, files: [] }, call({ hash: 'known', rates }))
    expect(result).toMatchObject({ ok: false })
  })

  it('ends when its call is withdrawn', async () => {
    const withdrawn = AbortSignal.abort()
    const { result } = await runInProcess(
      { module, files: [] },
      call({ hash: 'known', rates: '' }, { signal: withdrawn }),
    )
    expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  })

  it('says so when its module is not there', async () => {
    const { result } = await runInProcess({ module: '/nowhere/tool.ts', files: [] }, call(null))
    expect(result).toMatchObject({ ok: false })
  })
})
