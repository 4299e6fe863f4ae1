import type { HostFunctions, Json, Sandbox, SandboxOptions } from '@roster/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What a sandbox does for programs that mean no harm. */
export function sandboxUseContract(open: () => Sandbox): void {
  describe('runs programs', () => {
    let sandbox: Sandbox
    beforeAll(() => {
      sandbox = open()
    })
    afterAll(async () => await sandbox[Symbol.asyncDispose]())
    const run = async (code: string, input: Json = null, options: SandboxOptions = {}) =>
      await sandbox.run(code, input, { ...options, limits: { timeMs: 5000, ...options.limits } })

    it('answers what the default export answers', async () => {
      const outcome = await run('export default ({ lines }) => lines.reduce((sum, line) => sum + line, 0)', {
        lines: [1, 2, 3],
      })
      expect(outcome).toMatchObject({ kind: 'done', value: 6, used: { hostCalls: 0 } })
    })

    it('waits for an answer that is promised', async () => {
      expect(await run('export default async ({ name }) => `hello ${await name}`', { name: 'Ada' })).toMatchObject({
        kind: 'done',
        value: 'hello Ada',
      })
    })

    it('takes no answer for null', async () => {
      expect(await run('export default () => {}')).toMatchObject({ kind: 'done', value: null })
    })

    it('gives each program an interpreter of its own', async () => {
      await run('globalThis.left = 1; Object.prototype.left = 2; export default () => 1')
      expect(await run('export default () => [typeof left, typeof ({}).left]')).toMatchObject({
        value: ['undefined', 'undefined'],
      })
    })

    it('calls the host functions that it was given, with JSON, and counts them', async () => {
      const asked: Json[] = []
      const functions: HostFunctions = {
        rate: (input) => {
          asked.push(input)
          return { rate: '1.08' }
        },
      }
      const code = `export default async ({ to }, { rate }) => [await rate({ to }), (await Promise.all([rate(1), rate(2)])).length]`
      expect(await run(code, { to: 'USD' }, { functions })).toMatchObject({
        kind: 'done',
        value: [{ rate: '1.08' }, 2],
        used: { hostCalls: 3 },
      })
      expect(asked).toEqual([{ to: 'USD' }, 1, 2])
    })

    it('tells the program when a host function fails, and no more than its message', async () => {
      const functions = {
        fail: () => {
          throw new Error('no rate for XAU')
        },
      }
      const code =
        'export default async (_, { fail }) => { try { await fail() } catch (error) { return error.message } }'
      expect(await run(code, null, { functions })).toMatchObject({ kind: 'done', value: 'no rate for XAU' })
    })

    it('says what a program threw', async () => {
      expect(await run('export default () => { throw new TypeError("no such line") }')).toMatchObject({
        kind: 'failed',
        failure: { code: 'program-failed', message: 'it threw TypeError: no such line' },
      })
    })

    it('refuses a program or an input that is too large before it runs', async () => {
      const limits = { inputBytes: 100 }
      expect(await run(`export default () => ${'1+'.repeat(100)}1`, null, { limits })).toMatchObject({
        failure: { code: 'size-exceeded' },
      })
      expect(await run('export default () => 1', 'x'.repeat(100), { limits })).toMatchObject({
        failure: { code: 'size-exceeded' },
      })
    })

    it('refuses limits beyond their bounds', async () => {
      await expect(run('export default () => 1', null, { limits: { memoryBytes: 1 } })).rejects.toMatchObject({
        code: 'definition-invalid',
        path: 'limits.memoryBytes',
      })
    })

    it('ends a program that is withdrawn', async () => {
      const withdrawn = new AbortController()
      const functions = {
        begun: () => {
          withdrawn.abort()
          return null
        },
      }
      const code = 'export default async (_, { begun }) => { await begun(); for (;;); }'
      expect(await run(code, null, { functions, signal: withdrawn.signal })).toMatchObject({
        kind: 'failed',
        failure: { code: 'cancelled' },
      })
    })

    it('runs many at once, each with its own outcome', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, async (_, index) => await run('export default (n) => n * 2', index)),
      )
      expect(outcomes).toMatchObject(outcomes.map((_, index) => ({ kind: 'done', value: index * 2 })))
    })
  })
}
