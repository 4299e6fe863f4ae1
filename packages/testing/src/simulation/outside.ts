/** One thing that was done outside, for good. */
export interface Deed {
  readonly tool: string
  readonly order: string
  readonly key: string
}

/** The world that tools change. A call under a key that it knows does nothing, and answers what it answered first. */
export class Outside {
  readonly deeds: Deed[] = []

  do(tool: string, order: string, key: string, keyed: boolean): string {
    const known = keyed ? this.deeds.findIndex((deed) => deed.tool === tool && deed.key === key) : -1
    if (known >= 0) return `${tool} ${known}`
    this.deeds.push({ tool, order, key })
    return `${tool} ${this.deeds.length - 1}`
  }
}
