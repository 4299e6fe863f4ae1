import { RosterError } from '@roster/core'

import { bubblewrapped, findBubblewrap } from './bubblewrap.ts'
import type { Confined, Confinement, Grants } from './confinement.ts'
import { limited, type SystemLimits } from './limited.ts'

/** How a command is to be held. */
export interface ConfineOptions extends Grants {
  readonly limits: SystemLimits
  /** Refuses to run it with less. @defaultValue the best that there is here */
  readonly demand?: 'bubblewrap'
}

/** A program for Node, run by the Node that runs this. */
export interface NodeProgram {
  readonly file: string
  /** Options of Node. */
  readonly options?: readonly string[]
  readonly args?: readonly string[]
}

/** Where a confined Node finds its own executable. */
const nodeInside = '/roster/node'

/**
 * Holds a Node program: Node's permission model in any case (it may read what is granted, write nothing, start nothing, load no addon), and
 * bubblewrap around it where that is found.
 *
 * @throws RosterError `place-unavailable` when bubblewrap is demanded and not to be had
 */
export async function confineNode(program: NodeProgram, options: ConfineOptions): Promise<Confined> {
  const isWrapped = await hasBubblewrap(options)
  const seen = options.read.map(({ from, to = from }) => (isWrapped ? to : from))
  const { file, options: flags = [], args = [] } = program
  const permissions = ['--permission', ...seen.map((path) => `--allow-fs-read=${path}`)]
  const command = [isWrapped ? nodeInside : process.execPath, ...permissions, ...flags, '--', file, ...args]
  if (!isWrapped) return await ready(command, options, 'permission-model')
  const read = [...options.read, { from: process.execPath, to: nodeInside }]
  return await ready(bubblewrapped(command, { ...options, read }), options, 'bubblewrap')
}

/**
 * Holds any command: bubblewrap where it is found, else nothing but an empty environment.
 *
 * @throws RosterError `place-unavailable` when bubblewrap is demanded and not to be had
 */
export async function confineCommand(command: readonly string[], options: ConfineOptions): Promise<Confined> {
  return (await hasBubblewrap(options))
    ? await ready(bubblewrapped(command, options), options, 'bubblewrap')
    : await ready(command, options, 'environment')
}

async function hasBubblewrap({ demand }: ConfineOptions): Promise<boolean> {
  const bubblewrap = await findBubblewrap()
  if (bubblewrap.found || demand === undefined) return bubblewrap.found
  throw new RosterError('place-unavailable', `this must run under bubblewrap, and ${bubblewrap.reason}`, {
    hint: 'Install the package `bubblewrap` (Linux), or run this on a machine that has it.',
  })
}

async function ready(command: readonly string[], options: ConfineOptions, confinement: Confinement): Promise<Confined> {
  const [program = '', ...args] = await limited(command, options.limits)
  // The programs in front are found by the path of this process; what they start has the granted environment only.
  return { command: program, args, env: { ...options.env }, confinement }
}
