import { existsSync } from 'node:fs'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { isRosterError, RosterError, type ErrorCode } from '@roster/core'
import { describe, expect, it } from 'vitest'

import type { Operations } from '../../src/client/operations.ts'
import { connectOperations, serveOperations } from '../../src/socket/index.ts'
import { maxRequestBytes } from '../../src/socket/wire.ts'
import { fixedOperations } from './fixed-operations.ts'
import { say, socketFile } from './raw-client.ts'
import { temporaryFolder } from './temporary-folder.ts'

const totals = { records: 7, denials: 1, costMicroUsd: 250, bytes: 9_000 }

const withCode = (code: ErrorCode) => (error: unknown) => isRosterError(error, code)

async function connected(folder: string): Promise<Operations & AsyncDisposable> {
  const operations = await connectOperations(folder)
  if (operations === undefined) throw new Error('nobody listens')
  return operations
}

describe('a team served in its folder', () => {
  it('answers every call as if it were in the same process', async () => {
    await using folder = await temporaryFolder()
    const calls: unknown[] = []
    const served = fixedOperations({
      totals: async () => totals,
      settled: async (...args) => (calls.push(args), { task: args[0] }) as never,
      inbox: async (...args) => (calls.push(args), []),
    })
    await using _server = await serveOperations(folder.path, served)
    await using client = await connected(folder.path)

    expect(await client.totals()).toEqual(totals)
    expect(await client.settled('t1', 50)).toEqual({ task: 't1' })
    expect(await client.inbox()).toEqual([])
    expect(await client.inbox(undefined)).toEqual([])
    expect(calls).toEqual([['t1', 50], [], []])
  })

  it('answers calls as they are done, not in the order in which they came', async () => {
    await using folder = await temporaryFolder()
    const slow = Promise.withResolvers<never>()
    await using _server = await serveOperations(
      folder.path,
      fixedOperations({ totals: async () => totals, settled: () => slow.promise }),
    )
    await using client = await connected(folder.path)

    const waiting = client.settled('t1', 60_000)
    expect(await client.totals()).toEqual(totals)
    slow.resolve({ task: 't1' } as never)
    expect(await waiting).toEqual({ task: 't1' })
  })

  it('passes an error on with its code, path, hint and whether to try again', async () => {
    await using folder = await temporaryFolder()
    const refusal = new RosterError('input-invalid', 'amount is negative', {
      path: '/amount',
      hint: 'Give a positive one.',
      retryable: true,
    })
    const served = fixedOperations({
      publish: () => Promise.reject(refusal),
      verify: () => Promise.reject(new TypeError('x is undefined')),
    })
    await using _server = await serveOperations(folder.path, served)
    await using client = await connected(folder.path)

    const error: unknown = await client
      .publish({ playbook: 'brief', input: null, idempotencyKey: 'k', requester: 'ada' })
      .catch((thrown: unknown) => thrown)
    expect(isRosterError(error, 'input-invalid')).toBe(true)
    expect(error).toMatchObject({
      message: 'amount is negative',
      path: '/amount',
      hint: 'Give a positive one.',
      retryable: true,
    })
    await expect(client.verify()).rejects.toMatchObject({
      code: 'internal',
      message: 'x is undefined',
      retryable: false,
    })
  })

  it('takes a document of 50 MB, and several clients at once', async () => {
    await using folder = await temporaryFolder()
    const kept = fixedOperations({
      keepDocument: async ({ name, base64 }) => ({ name, hash: 'h', bytes: Buffer.byteLength(base64, 'base64') }),
    })
    await using _server = await serveOperations(folder.path, kept)
    await using one = await connected(folder.path)
    await using other = await connected(folder.path)

    const base64 = Buffer.alloc(50_000_000, 1).toString('base64')
    const [large, small] = await Promise.all([
      one.keepDocument({ name: 'large', base64 }),
      other.keepDocument({ name: 'small', base64: 'AAAA' }),
    ])
    expect([large.bytes, small.bytes]).toEqual([50_000_000, 3])
  })

  it('is found by nobody but the owner of the folder', async () => {
    await using folder = await temporaryFolder()
    await using _server = await serveOperations(folder.path, fixedOperations({}))
    const { path, pid } = await socketFile(folder.path)
    expect((await stat(join(folder.path, 'socket.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(pid).toBe(process.pid)
  })

  it('has its socket elsewhere where the path of the folder is too long for one, and leaves nothing there', async () => {
    await using folder = await temporaryFolder()
    const deep = join(folder.path, 'a'.repeat(60), 'b'.repeat(60))
    await mkdir(deep, { recursive: true })
    const server = await serveOperations(deep, fixedOperations({ totals: async () => totals }))
    const { path } = await socketFile(deep)
    expect(path.startsWith(tmpdir())).toBe(true)
    expect(path.startsWith(deep)).toBe(false)
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700)
    {
      await using client = await connected(deep)
      expect(await client.totals()).toEqual(totals)
    }
    await server[Symbol.asyncDispose]()
    expect(existsSync(dirname(path))).toBe(false)
    expect(await readdir(deep)).toEqual([])
  })
})

describe('what is refused on the socket', () => {
  it('is a wrong token, before anything is called', async () => {
    await using folder = await temporaryFolder()
    let calls = 0
    await using _server = await serveOperations(folder.path, fixedOperations({ totals: async () => (calls++, totals) }))
    const { path, token } = await socketFile(folder.path)
    for (const wrong of ['', 'x', `${token}x`, token.slice(1)]) {
      const heard = await say(path, `${JSON.stringify({ id: 1, token: wrong, method: 'totals', args: [] })}\n`)
      expect(JSON.parse(heard)).toMatchObject({ id: null, error: { code: 'denied' } })
    }
    expect(calls).toBe(0)
  })

  it('is every word that is no operation, also those that each object has', async () => {
    await using folder = await temporaryFolder()
    const served = Object.assign(fixedOperations({}), { idle: async () => null, [Symbol.asyncDispose]: async () => {} })
    await using _server = await serveOperations(folder.path, served)
    const { path, token } = await socketFile(folder.path)
    for (const method of ['idle', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'then', '']) {
      const heard = await say(path, `${JSON.stringify({ id: 1, token, method, args: [] })}\n`)
      expect(JSON.parse(heard)).toMatchObject({ id: 1, error: { code: 'usage' } })
    }
  })

  it('is a line that is no request; the others are served on', async () => {
    await using folder = await temporaryFolder()
    await using _server = await serveOperations(folder.path, fixedOperations({ totals: async () => totals }))
    const { path, token } = await socketFile(folder.path)
    const lines = [
      '',
      'GET / HTTP/1.1',
      'null',
      '[]',
      '{"id":1}',
      JSON.stringify({ id: '1', token, method: 'totals', args: [] }),
      JSON.stringify({ id: 1, token, method: 'totals', args: {} }),
    ]
    for (const line of lines)
      expect(JSON.parse(await say(path, `${line}\n`))).toMatchObject({ id: null, error: { code: 'usage' } })
    await using client = await connected(folder.path)
    expect(await client.totals()).toEqual(totals)
  })

  it('is a message beyond the bound, on either side', async () => {
    await using folder = await temporaryFolder()
    await using _server = await serveOperations(folder.path, fixedOperations({ totals: async () => totals }))
    const { path } = await socketFile(folder.path)
    const mebibyte = Buffer.alloc(1024 * 1024, 'x')
    const heard = await say(
      path,
      ...Array.from({ length: Math.ceil(maxRequestBytes / mebibyte.length) + 1 }, () => mebibyte),
    )
    expect(heard === '' || heard.includes('message-too-large')).toBe(true)

    await using client = await connected(folder.path)
    await expect(client.keepDocument({ name: 'huge', base64: 'x'.repeat(maxRequestBytes) })).rejects.toSatisfy(
      withCode('message-too-large'),
    )
    expect(await client.totals()).toEqual(totals)
  })

  it('is a client that dies in the middle of a line or before its answer', async () => {
    await using folder = await temporaryFolder()
    await using _server = await serveOperations(folder.path, fixedOperations({ totals: async () => totals }))
    const { path, token } = await socketFile(folder.path)
    expect(await say(path, '{"id":1,"tok')).toBe('')
    const heard = await say(path, `${JSON.stringify({ id: 9, token, method: 'totals', args: [] })}\n`, '{"id"')
    expect(JSON.parse(heard)).toEqual({ id: 9, result: totals })
  })
})

describe('a folder whose process is gone', () => {
  it('has nobody to talk to: no file, a broken one, one of a process that was killed, one that points at a file', async () => {
    await using folder = await temporaryFolder()
    expect(await connectOperations(folder.path)).toBeUndefined()
    expect(await connectOperations(join(folder.path, 'missing'))).toBeUndefined()
    const file = join(folder.path, 'socket.json')
    const contents = [
      '',
      '{',
      'null',
      '{"protocol":1}',
      JSON.stringify({ protocol: 1, path: join(folder.path, 'socket'), token: 't', pid: 1 }),
      JSON.stringify({ protocol: 1, path: file, token: 't', pid: 1 }),
    ]
    for (const text of contents) {
      await writeFile(file, text)
      expect(await connectOperations(folder.path)).toBeUndefined()
    }
  })

  it('is served again by the next process, which removes what was left', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'socket'), '')
    await writeFile(
      join(folder.path, 'socket.json'),
      JSON.stringify({ protocol: 1, path: join(folder.path, 'socket'), token: 'old', pid: 1 }),
    )
    await using _server = await serveOperations(folder.path, fixedOperations({ totals: async () => totals }))
    await using client = await connected(folder.path)
    expect(await client.totals()).toEqual(totals)
  })

  it('does not let its file make anybody remove something else', async () => {
    await using folder = await temporaryFolder()
    const precious = join(folder.path, 'precious')
    await writeFile(precious, 'x')
    await writeFile(
      join(folder.path, 'socket.json'),
      JSON.stringify({ protocol: 1, path: precious, token: 'old', pid: 1 }),
    )
    await using _server = await serveOperations(folder.path, fixedOperations({}))
    expect(existsSync(precious)).toBe(true)
  })

  it('is refused by a client of another protocol', async () => {
    await using folder = await temporaryFolder()
    await using _server = await serveOperations(folder.path, fixedOperations({}))
    const file = await socketFile(folder.path)
    await writeFile(join(folder.path, 'socket.json'), JSON.stringify({ ...file, protocol: 2 }))
    await expect(connectOperations(folder.path)).rejects.toSatisfy(withCode('store-locked'))
  })
})

describe('the end of a server', () => {
  it('waits for what is under way, and then nobody listens and nothing is left', async () => {
    await using folder = await temporaryFolder()
    const entered = Promise.withResolvers<void>()
    const slow = Promise.withResolvers<never>()
    const server = await serveOperations(
      folder.path,
      fixedOperations({ settled: () => (entered.resolve(), slow.promise) }),
    )
    await using client = await connected(folder.path)
    const waiting = client.settled('t1', 60_000)
    await entered.promise
    const ended = server[Symbol.asyncDispose]()
    slow.resolve({ task: 't1' } as never)
    expect(await waiting).toEqual({ task: 't1' })
    await ended
    await server[Symbol.asyncDispose]()
    expect(await connectOperations(folder.path)).toBeUndefined()
    expect(await readdir(folder.path)).toEqual([])
  })

  it('cuts off who waits longer than the grace, in a way that says: try again', async () => {
    await using folder = await temporaryFolder()
    const entered = Promise.withResolvers<void>()
    const server = await serveOperations(
      folder.path,
      fixedOperations({ settled: () => (entered.resolve(), new Promise<never>(() => {})) }),
    )
    await using client = await connected(folder.path)
    const waiting = expect(client.settled('t1', 60_000)).rejects.toMatchObject({
      code: 'store-unavailable',
      retryable: true,
    })
    await entered.promise
    await server[Symbol.asyncDispose]()
    await waiting
    await expect(client.totals()).rejects.toSatisfy(withCode('store-unavailable'))
  })

  it('leaves the file of its successor alone', async () => {
    await using folder = await temporaryFolder()
    const server = await serveOperations(folder.path, fixedOperations({}))
    const successor = { protocol: 1, path: '/elsewhere', token: 'new', pid: 2 }
    await writeFile(join(folder.path, 'socket.json'), JSON.stringify(successor))
    await server[Symbol.asyncDispose]()
    expect(await socketFile(folder.path)).toEqual(successor)
  })
})
