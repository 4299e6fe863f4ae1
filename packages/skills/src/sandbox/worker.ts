// The thread of one program. It is started before it is needed, runs one program and is ended.
import { parentPort, workerData } from 'node:worker_threads'

import { evaluate, type Evaluation } from './evaluate.ts'
import type { FromCell, ToCell } from './protocol.ts'
import type { WasmModule } from './wasm.ts'

const { wasmModule } = workerData as { readonly wasmModule: WasmModule }
let evaluation: Evaluation | undefined

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread, not a window
const say = (message: FromCell): void => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToCell) => {
  if (message[0] !== 'run') evaluation?.take(message)
  else if (evaluation === undefined) {
    evaluation = evaluate(message[1], say, wasmModule)
    void evaluation.outcome.then(say)
  }
})
say(['ready'])
