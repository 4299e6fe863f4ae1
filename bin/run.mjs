import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { inRoot, launch } from './bootstrap/launch.mjs'

const require = createRequire(import.meta.url)
const packageOf = { tsc: 'typescript' }

/** The script behind a tool of this workspace, found by its package's manifest: the links in `.bin` are shell scripts. */
function scriptOf(tool) {
  const name = packageOf[tool] || tool
  const manifest = inRoot('node_modules', name, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return require.resolve(join(dirname(manifest), typeof bin === 'string' ? bin : bin[tool]))
}

const [tool, ...rest] = process.argv.slice(2)

await launch(() => ({ args: tool === undefined ? ['--version'] : tool === 'node' ? rest : [scriptOf(tool), ...rest] }))
