/** A program that runs on this machine, and where it came from. */
export interface Program {
  readonly path: string
  /** As the program itself says, such as `2.15.1`. */
  readonly version: string
  /** A folder of this machine, or the package and version that it was unpacked from. */
  readonly origin: string
}

/** Tells what is under way, a short sentence at a time; getting a program can take a minute. */
export type OnProgress = (sentence: string) => void
