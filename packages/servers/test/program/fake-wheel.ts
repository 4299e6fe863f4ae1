import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { PinnedProgram } from '../../src/program/pinned-program.ts'

const program = '#!/bin/sh\necho "fake version 2.0.1"\n'

const makeWheel = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('roster_fake_bin-2.0.1.data/scripts/roster-fake', sys.argv[2])
    wheel.writestr('roster_fake_bin-2.0.1.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: roster-fake-bin\\nVersion: 2.0.1\\n')
    wheel.writestr('roster_fake_bin-2.0.1.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: py3-none-any\\n')
    wheel.writestr('roster_fake_bin-2.0.1.dist-info/RECORD', '')
`

/** Puts a wheel with a program into a folder that pip takes for a package index, and pins it. */
export function fakeWheel(folder: string): { readonly pinned: PinnedProgram; readonly env: NodeJS.ProcessEnv } {
  const file = join(folder, 'roster_fake_bin-2.0.1-py3-none-any.whl')
  execFileSync('python3', ['-c', makeWheel, file, program])
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
  const platform = `${process.platform}-${process.arch}`
  return {
    pinned: {
      name: 'roster-fake',
      title: 'Fake',
      oldest: '2.0.0',
      usualPlaces: [],
      wheel: { package: 'roster-fake-bin', version: '2.0.1' },
      wheels: { [platform]: { sha256, bytes: 1_000, platform: 'any' } },
      goModule: 'example.invalid/roster-fake@v2.0.1',
      advice: 'install roster-fake 2 or later',
    },
    env: {
      ...process.env,
      ROSTER_CACHE: join(folder, 'cache'),
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: folder,
      // What cannot be reached is known at once.
      GOPROXY: 'off',
    },
  }
}
