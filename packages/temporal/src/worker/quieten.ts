import { DefaultLogger, Runtime } from '@temporalio/worker'

let quiet = false

/** Has Temporal's library say what is wrong, and not what is well. Where the program has set it up in its own way, that stays. */
export function quieten(): void {
  if (quiet) return
  quiet = true
  try {
    Runtime.install({ logger: new DefaultLogger('WARN') })
  } catch {
    // It was set up before.
  }
}
