import type { Failure } from '@roster/core'

/** What the bus tells of its work: for logs and telemetry. It carries no payloads. */
export type BusObservation =
  | { readonly kind: 'bus-connected'; readonly as: string; readonly server: string }
  | { readonly kind: 'bus-disconnected'; readonly as: string; readonly failure?: Failure }
  /** Something that nobody can read was taken off the bus. The row behind it, if there is one, is sent again. */
  | { readonly kind: 'bus-malformed'; readonly subject: string; readonly failure: Failure }
  /** A listener threw: what it was handed comes again. */
  | { readonly kind: 'bus-listener-failed'; readonly subject: string; readonly failure: Failure }
  /** A consumer could not be opened, or was gone: it is opened again. */
  | { readonly kind: 'bus-consumer-reopened'; readonly consumer: string; readonly because: string }
  /** JetStream streams were made, because there were none. */
  | { readonly kind: 'bus-streams-made'; readonly streams: readonly string[] }

/** Is told every observation; must not throw. */
export type ObserveBus = (observation: BusObservation) => void
