import { hostilePrograms } from '@roster/testing'
import { expect, it } from 'vitest'

import { inSandbox } from '../../src/index.ts'
import { recordOf } from './record-of.ts'
import { calling, talked, talkers, wordTool } from '../stage.ts'

const all = process.env['ROSTER_HOSTILE'] === '1'
const programs = hostilePrograms.filter(({ usual }) => all || usual === true)
const codes = /^(timeout|memory-exceeded|program-failed|size-exceeded|over-limit|not-json|output-invalid|denied)$/

it.for(programs.map((program) => [program.name, program] as const))(
  'a tool whose code %s has failed, and its job goes on',
  async ([, { code, functions = {} }]) => {
    const run = inSandbox({ code, functions, limits: { timeMs: 200, memoryBytes: 32 * 1024 * 1024 } })
    const harmful = wordTool('harmful', { run })
    const { run: played, outcome } = await talked(
      talkers(
        calling('harmful', () => ({ word: 'hello' })),
        [harmful],
      ),
    )
    expect(outcome).toEqual({ status: 'done', output: { word: expect.stringMatching(codes) as string } })
    const { body } = await recordOf(played, 'sandbox')
    expect(body).toMatchObject({ evidence: { confinement: 'worker' }, payload: { outcome: { kind: 'failed' } } })
  },
)
