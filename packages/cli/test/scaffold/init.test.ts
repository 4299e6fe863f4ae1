import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { packageName } from '../../src/scaffold/write-team.ts'
import { ran, ranJson } from '../fixture/world.ts'

const root = join(import.meta.dirname, '../../../..')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-init-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('init', () => {
  it('writes a team with its tests, policies and a CI file, that depends on this very Roster', async () => {
    const { code, json } = await ranJson(['init', 'My Desk'], { cwd: folder })
    expect(code).toBe(0)
    expect((json as { files: string[] }).files.toSorted()).toEqual([
      '.github/workflows/ci.yml',
      '.gitignore',
      'README.md',
      'package.json',
      'pnpm-workspace.yaml',
      'src/main.ts',
      'src/model.ts',
      'src/policies/newsroom.cedar',
      'src/team.ts',
      'test/team.test.ts',
      'tsconfig.json',
    ])
    const manifest = JSON.parse(await readFile(join(folder, 'My Desk/package.json'), 'utf8')) as {
      name: string
      dependencies: Record<string, string>
    }
    expect(manifest.name).toBe('my-desk')
    expect(manifest.dependencies).toMatchObject({
      roster: `file:${join(root, 'packages/roster')}`,
      '@roster/cli': `file:${join(root, 'packages/cli')}`,
    })
    for (const file of (json as { files: string[] }).files)
      expect(await readFile(join(folder, 'My Desk', file), 'utf8')).not.toContain('{{')
  })

  it('says what to do next', async () => {
    const { code, out } = await ran(['init', 'next'], { cwd: folder })
    expect(code).toBe(0)
    expect(out).toContain('  cd next\n  npm install\n  npm start\n  npm test\n')
  })

  it('overwrites nothing', async () => {
    await mkdir(join(folder, 'full'))
    await writeFile(join(folder, 'full/team.ts'), 'mine')
    await writeFile(join(folder, 'a-file'), 'mine')
    for (const dir of ['full', 'a-file'])
      expect(await ranJson(['init', dir], { cwd: folder })).toMatchObject({
        code: 2,
        json: { error: { code: 'usage', path: 'dir' } },
      })
    expect(await readdir(join(folder, 'full'))).toEqual(['team.ts'])
  })

  it('takes a folder in which there is nothing but a new repository', async () => {
    await mkdir(join(folder, 'fresh/.git'), { recursive: true })
    expect((await ran(['init', 'fresh'], { cwd: folder })).code).toBe(0)
  })

  it.each([
    ['/x/My Desk', 'my-desk'],
    ['/x/_private', 'private'],
    ['/x/ünï', 'n-'],
    ['/x/发注', 'team'],
  ])('makes of %s the name %s', (path, name) => expect(packageName(path)).toBe(name))
})

describe('the template', () => {
  it.each(['src/team.ts', 'src/model.ts', 'src/main.ts', 'src/policies/newsroom.cedar', 'test/team.test.ts'])(
    'has the same %s as the example, which CI runs',
    async (file) => {
      const [template, example] = await Promise.all(
        [join(root, 'packages/cli/template', file), join(root, 'docs/examples/newsroom', file)].map((path) =>
          readFile(path, 'utf8'),
        ),
      )
      expect(template).toBe(example)
    },
  )

  it.each(['zod', 'node', 'vitest', 'typescript', '@types/node'])(
    'takes the %s that Roster is tested with',
    async (name) => {
      const { dependencies, devDependencies } = JSON.parse(
        await readFile(join(root, 'packages/cli/template/package.json'), 'utf8'),
      ) as Record<string, Record<string, string>>
      const version = { ...dependencies, ...devDependencies }[name]?.replace(/^[~^]/, '')
      expect((await readFile(join(root, 'pnpm-workspace.yaml'), 'utf8')).replaceAll("'", '')).toContain(
        `  ${name}: ${version}\n`,
      )
    },
  )
})
