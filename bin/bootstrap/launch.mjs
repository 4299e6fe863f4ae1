import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { explainFailure } from './explain.mjs'
import { goOn } from './go-on.mjs'
import { install, LaunchError } from './install.mjs'

const OLDEST_NODE = 20

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The path of something in this checkout. */
export const inRoot = (...parts) => join(root, ...parts)

function refuseOldNode() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return
  throw new LaunchError(
    `Roster needs Node ${OLDEST_NODE} or later to start with, this is ${process.version}. Install a newer one and run the same command again.`,
  )
}

/** Installs if need be, then goes on under the pinned Node with the arguments that `plan` names; `plan` is asked after the installation. */
export async function launch(plan) {
  try {
    refuseOldNode()
    const node = await install(root)
    const { args, env } = plan()
    await goOn(node, args, env)
  } catch (error) {
    const known = error instanceof LaunchError
    // Of the system's errors, a folder that cannot be written and a full disk are the user's to mend.
    if (!known && error.syscall === undefined) throw error
    process.stderr.write(`\nroster: ${known ? error.message : explainFailure(error.message, 1)}\n`)
    process.exitCode = known ? error.exitCode : 1
  }
}
