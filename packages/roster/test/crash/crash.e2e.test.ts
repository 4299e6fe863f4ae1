import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, 'till-process.ts')
const run = promisify(execFile)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-crash-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const ended = {
  verified: true,
  problems: [],
  histories: [
    { about: ['order/o-1'], status: 'done', verified: true, states: ['asking', 'paying', 'paid'] },
    { about: ['order/o-2'], status: 'done', verified: true, states: ['asking', 'paying', 'paid'] },
  ],
}

/** Each named point, at calls early and late in the work: hiring, the approval, the payment, the end. */
const crashes: readonly (readonly [string, number])[] = [
  ['before-accept', 1],
  ['after-accept', 3],
  ['before-accept', 5],
  ['after-accept', 6],
  ['before-append', 4],
  ['after-append', 5],
  ['before-append', 12],
  ['after-append', 14],
  ['before-append', 19],
  ['after-append', 22],
  ['before-count-attempts', 3],
  ['after-count-attempts', 6],
  ['before-effect', 1],
  ['after-effect', 1],
  ['after-effect', 2],
  ['before-release', 1],
]

describe('a process that is killed', () => {
  it.for(crashes)(
    'at %s, call %i, ends each task once and pays each order once after it is started again',
    { timeout: 240_000 },
    async ([point, count]) => {
      await expect(run(process.execPath, [program, folder, point, String(count)])).rejects.toMatchObject({
        signal: 'SIGKILL',
      })
      const { stdout } = await run(process.execPath, [program, folder])
      expect(JSON.parse(stdout)).toEqual(ended)
      const paid = (await readFile(join(folder, 'ledger'), 'utf8')).trim().split('\n')
      expect(paid).toHaveLength(2)
      expect(new Set(paid.map((line) => line.split(' ')[1]))).toEqual(new Set(['o-1', 'o-2']))
    },
  )
})
