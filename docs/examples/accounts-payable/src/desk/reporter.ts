import type { DeskEvent } from './desk-event.ts'
import type { Assessment } from './report/assess.ts'

/** Where a run is told. */
export interface Reporter {
  /** The state is being opened, which takes seconds. */
  opening(folder: string): void
  tell(event: DeskEvent): void
  /** Stops painting, so that something else can be written: a question, the report. */
  hold(): void
  /** What the run came to, after everything else. */
  report(assessment: Assessment, folder: string): void
}
