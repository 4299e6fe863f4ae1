// The process of one program. It is started before it is needed, runs one program and is ended.
import { frame, frameReader } from '../process/frames.ts'
import { evaluate, type Evaluation } from './evaluate.ts'
import type { FromCell, ToCell } from './protocol.ts'

/** The host is believed, but a frame without end would be one of somebody else. */
const maxBytes = 64 * 1024 * 1024

let evaluation: Evaluation | undefined

const say = (message: FromCell): void => void process.stdout.write(frame(message))

process.stdin.on(
  'data',
  frameReader(maxBytes, (value) => {
    const message = value as ToCell
    if (message[0] !== 'run') evaluation?.take(message)
    else if (evaluation === undefined) {
      evaluation = evaluate(message[1], say, undefined)
      void evaluation.outcome.then(say)
    }
  }),
)
process.stdin.on('end', () => process.exit())
say(['ready'])
