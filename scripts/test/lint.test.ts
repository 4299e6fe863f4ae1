import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')

/** Each file breaks one rule; its name is the rule. */
const violations = {
  'packages/core/src/import-direction.ts': `import { readFileSync } from 'node:fs'\nexport const text = readFileSync('a')\n`,
  'packages/runtime/src/no-ambient.ts': `export const at = (): number => Date.now()\n`,
  'packages/roster/src/no-ambient.ts': `export const at = (): Date => new Date()\n`,
  'packages/skills/src/no-ambient.ts': `import { randomUUID } from 'node:crypto'\nexport const id = randomUUID()\n`,
  'packages/cli/test/no-floating-promises.ts': `const later = async (): Promise<void> => {}\nlater()\n`,
  'packages/cli/src/no-cycle.ts': `import { two } from './two.ts'\nexport const one = (): number => two()\n`,
  'packages/cli/src/two.ts': `import { one } from './no-cycle.ts'\nexport const two = (): number => one()\n`,
  'packages/cli/src/max-lines.ts': 'export {}\n'.repeat(401),
  'packages/cli/src/long-file.ts': 'export {}\n'.repeat(201),
  'packages/cli/src/max-params.ts': `export const many = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e\n`,
  'packages/cli/src/reasoned-disable.ts': `// oxlint-disable-next-line no-console\nconsole.log('reason')\n`,
}

interface Diagnostic {
  readonly code: string
  readonly filename: string
}

let folder: string
let found: readonly Diagnostic[]

async function lintCopy(): Promise<readonly Diagnostic[]> {
  const args = ['node_modules/oxlint/bin/oxlint', '--type-aware', '--format=json']
  const linting = run(process.execPath, args, { cwd: folder, timeout: 50_000 })
  linting.child.stdin?.end()
  const { stdout } = await linting.catch((error: { stdout: string }) => error)
  return (JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }).diagnostics
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-lint-'))
  for (const name of ['package.json', '.oxlintrc.json', 'tsconfig.base.json', 'tsconfig.json', 'scripts/lint']) {
    await cp(join(root, name), join(folder, name), { recursive: true })
  }
  // The whole folder: oxlint looks for its type-aware part and the types of Node in it.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries(violations)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  found = await lintCopy()
})
afterAll(async () => await rm(folder, { recursive: true }))

describe('lint', () => {
  const files = Object.keys(violations).filter((path) => !path.endsWith('two.ts'))

  it.each(files)('finds what is wrong in %s', (path) => {
    const rule = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length)
    const rules = found.filter(({ filename }) => filename.replaceAll('\\', '/') === path).map(({ code }) => code)
    expect(rules).toContainEqual(expect.stringContaining(`(${rule})`))
  })
})
