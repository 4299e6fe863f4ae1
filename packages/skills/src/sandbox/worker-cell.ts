import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

import type { Cell, CellListener, StartCell } from './cell.ts'
import { fromCell } from './protocol.ts'
import { wasm, type WasmModule } from './wasm.ts'

// The same file is `.ts` in the workspace and `.js` once published.
const workerFile = new URL(`./worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url)

/** What the thread itself may use beside the interpreter's memory: the texts that are copied in and out, and room for them. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 8 }

/** Cells that are threads of this process. The interpreter's code is compiled once, beside the event loop, and shared. */
export function workerCells(): StartCell {
  let compiled: Promise<WasmModule> | undefined
  return async () => {
    compiled ??= compile()
    const wasmModule = await compiled
    const worker = new Worker(workerFile, {
      workerData: { wasmModule },
      env: {},
      execArgv: [],
      argv: [],
      // What a crash of the interpreter prints is nobody's.
      stdout: true,
      stderr: true,
      resourceLimits,
    })
    return await ready(worker)
  }
}

async function compile(): Promise<WasmModule> {
  const file = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm')
  return await wasm.compile(await readFile(file))
}

function ready(worker: Worker): Promise<Cell> {
  return new Promise((resolve, reject) => {
    let gone = false
    let listener: CellListener = {
      said: (message) => {
        if (fromCell(message)?.[0] !== 'ready') return
        // Waiting cells keep no process alive.
        worker.unref()
        resolve(cell)
      },
      ended: () => reject(new Error('the thread of a sandbox ended before it was ready')),
    }
    const cell: Cell = {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      tell: (message) => worker.postMessage(message),
      listen: (next) => (listener = next),
      isGone: () => gone,
      end: async () => void (await worker.terminate()),
    }
    worker.on('message', (message) => listener.said(message))
    worker.on('error', (error: NodeJS.ErrnoException) =>
      listener.ended(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash'),
    )
    worker.on('exit', () => {
      gone = true
      listener.ended('crash')
    })
  })
}
