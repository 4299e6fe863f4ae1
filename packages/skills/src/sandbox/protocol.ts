/** What the interpreter holds a program to; all bounds are numbers already. */
export interface CellLimits {
  readonly timeMs: number
  readonly memoryBytes: number
  readonly outputBytes: number
  readonly hostCalls: number
  readonly hostCallBytes: number
}

/** A program as it is handed to a cell. */
export interface CellRequest {
  readonly code: string
  /** JSON. */
  readonly input: string
  /** Names of the host functions that it is given. */
  readonly functions: readonly string[]
  readonly limits: CellLimits
}

/** What the host tells a cell. Texts of values are JSON: no object of one side is ever seen by the other. */
export type ToCell =
  | readonly ['run', CellRequest]
  | readonly ['answer', id: number, text: string]
  | readonly ['refuse', id: number, message: string]

/** What a cell tells the host, which believes none of it unchecked. */
export type FromCell =
  | readonly ['ready']
  | readonly ['call', id: number, name: string, text: string]
  | readonly ['done', text: string]
  | readonly ['failed', code: string, message: string]

const shapes: Readonly<Record<FromCell[0], readonly ('number' | 'string')[]>> = {
  ready: [],
  call: ['number', 'string', 'string'],
  done: ['string'],
  failed: ['string', 'string'],
}

/** What a cell said, if it is something that a cell can say. */
export function fromCell(said: unknown): FromCell | undefined {
  if (!Array.isArray(said)) return undefined
  const [kind, ...parts] = said as unknown[]
  if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return undefined
  const shape = shapes[kind as FromCell[0]]
  const fits = parts.length === shape.length && parts.every((part, index) => typeof part === shape[index])
  return fits ? (said as unknown as FromCell) : undefined
}
