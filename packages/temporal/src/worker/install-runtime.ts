import { DefaultLogger, Runtime } from '@temporalio/worker'

let installed = false

/**
 * Has Temporal's library say what is wrong, and not what is well, and leave signals to the program: whoever drains a team ends its worker in
 * its turn. Where the program has set the library up in its own way, that stays.
 */
export function installRuntime(): void {
  if (installed) return
  installed = true
  try {
    Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] })
  } catch {
    // It was set up before.
  }
}
