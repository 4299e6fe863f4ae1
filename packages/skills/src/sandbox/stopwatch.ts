/** Milliseconds from some moment on. What it measures is the real time of real code, in which a virtual clock has no say. */
// oxlint-disable-next-line roster/no-ambient -- see above: limits of wall time are kept by wall time
export const stopwatch = (): number => performance.now()
