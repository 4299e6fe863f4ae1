import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, extname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { confineNode } from '../process/confine.ts'
import type { Mount } from '../process/confinement.ts'
import { frame, frameReader } from '../process/frames.ts'
import type { Cell, CellListener, StartCell } from './cell.ts'
import { fromCell } from './protocol.ts'

/** The longest message of a cell, in bytes: the longest answer, as a string in JSON. */
const maxFrameBytes = 4 * 1024 * 1024

const limits = { memoryBytes: 1536 * 1024 * 1024 }

/** The interpreter's packages, and what they import. */
const packages = ['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync', '@jitl/quickjs-ffi-types']

/** Cells that are processes under bubblewrap. They see Node, the interpreter, these files, and nothing else of the machine's but libraries. */
export function childCells(): StartCell {
  return async () => {
    const here = fileURLToPath(import.meta.url)
    const sources = dirname(dirname(here))
    const read: Mount[] = [
      { from: `${sources}/sandbox`, to: '/roster/src/sandbox' },
      { from: `${sources}/process`, to: '/roster/src/process' },
      { from: `${dirname(sources)}/package.json`, to: '/roster/package.json' },
      ...packages.map((name) => ({ from: folderOf(name), to: `/roster/node_modules/${name}` })),
    ]
    const file = `/roster/src/sandbox/child${extname(here)}`
    // The interpreter's stack is bounded; Node's own must be larger than that, or its bound would be met first.
    const options = ['--stack-size=3900', '--max-old-space-size=128', '--no-warnings']
    const confined = await confineNode({ file, options }, { read, limits, demand: 'bubblewrap' })
    const child = spawn(confined.command, confined.args, { env: confined.env, stdio: ['pipe', 'pipe', 'ignore'] })
    return await ready(child)
  }
}

/** The folder of a package that this one, or one of the interpreter's, depends on. */
function folderOf(name: string): string {
  const mine = createRequire(import.meta.url)
  const from = name === '@jitl/quickjs-ffi-types' ? createRequire(mine.resolve('quickjs-emscripten-core')) : mine
  const entry = from.resolve(name)
  return entry.slice(0, entry.lastIndexOf(`/${name}/`) + name.length + 1)
}

function ready(child: ChildProcess): Promise<Cell> {
  return new Promise((resolve, reject) => {
    let gone = false
    let listener: CellListener = {
      said: (message) => {
        if (fromCell(message)?.[0] !== 'ready') return
        release(child)
        resolve(cell)
      },
      ended: () => reject(new Error('the process of a sandbox ended before it was ready')),
    }
    const exited = new Promise<void>((left) => child.once('exit', () => left()))
    const cell: Cell = {
      tell: (message) => void child.stdin?.write(frame(message)),
      listen: (next) => (listener = next),
      isGone: () => gone,
      end: async () => {
        child.ref()
        child.kill('SIGKILL')
        if (child.pid !== undefined) await exited
      },
    }
    const over = (): void => {
      gone = true
      listener.ended('crash')
    }
    // A program may end its process while the host still writes to it.
    child.stdin?.on('error', over)
    child.stdout?.on(
      'data',
      frameReader(maxFrameBytes, (message) => listener.said(message)),
    )
    child.on('error', over)
    child.on('exit', over)
  })
}

/** Lets this process end although the cell waits. */
function release(child: ChildProcess): void {
  child.unref()
  for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as { unref(): void } | null)?.unref()
}
