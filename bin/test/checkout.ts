import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'

/** What a launched program did. */
export interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Launched {
  readonly process: ChildProcess
  readonly outcome: Promise<Outcome>
}

/** What a stand-in for npx does; it is told nothing and installs nothing from anywhere. */
const installers = {
  succeeds: `mkdir -p node_modules/node/bin node_modules/.bin
echo "progress of the installer"
sleep 0.3
ln -sf "${process.execPath}" node_modules/node/bin/node`,
  'finds no network': `echo "npm error request failed, reason: getaddrinfo EAI_AGAIN" >&2; exit 1`,
  'takes long': `sleep 1.5`,
}

/** A checkout with the launcher in it and nothing installed; a script stands in for npx. */
export class Checkout implements AsyncDisposable {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async create(): Promise<Checkout> {
    const folder = await mkdtemp(join(tmpdir(), 'roster-launch-'))
    await cp(dirname(import.meta.dirname), join(folder, 'bin'), { recursive: true })
    const checkout = new Checkout(folder)
    await checkout.lock('first')
    await checkout.installer('succeeds')
    return checkout
  }

  async lock(content: string): Promise<void> {
    await writeFile(join(this.folder, 'pnpm-lock.yaml'), content)
  }

  async installer(name: keyof typeof installers): Promise<void> {
    const npx = join(this.folder, 'programs', 'npx')
    await mkdir(dirname(npx), { recursive: true })
    await writeFile(npx, `#!/bin/sh\necho "$@" >> installations.txt\n${installers[name]}\n`)
    await chmod(npx, 0o755)
  }

  /** The arguments of each installation so far. */
  async installations(): Promise<readonly string[]> {
    const lines = await readFile(join(this.folder, 'installations.txt'), 'utf8').catch(() => '')
    return lines.split('\n').filter((line) => line !== '')
  }

  /** Launches a program; `spawned` as under Node 20, which cannot become another program. */
  launch(program: string, { spawned = false } = {}): Launched {
    const args = spawned ? ['--import', 'data:text/javascript,process.execve=undefined'] : []
    const child = spawn(process.execPath, [...args, 'bin/run.mjs', 'node', '-e', program], {
      cwd: this.folder,
      env: { ...process.env, PATH: `${join(this.folder, 'programs')}${delimiter}${process.env['PATH']}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const outcome = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
      ([[code, signal], stdout, stderr]): Outcome => ({ code, signal, stdout, stderr }),
    )
    return { process: child, outcome }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}
