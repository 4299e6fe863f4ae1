import { resolve } from 'node:path'

import { findTeam } from '../team/find-team.ts'
import { reach, type Reached } from '../team/reach.ts'
import type { TeamModule } from '../team/team-module.ts'
import { withProgress } from '../terminal/progress.ts'
import type { Answer } from './answer.ts'
import type { CommonOptions } from './common-options.ts'
import type { World } from './world.ts'

/** One use of a command: its arguments and options, and what it may do. */
export interface Call<Options = object> {
  readonly world: World
  readonly args: readonly string[]
  readonly options: Options & CommonOptions
  readonly answer: Answer
  /** The operations of the team, wherever it is hosted. */
  reach(): Promise<Reached>
  /** The team's file, loaded once. */
  team(): Promise<TeamModule>
  /** Shows that something slow is under way. */
  during<T>(title: string, work: () => Promise<T>): Promise<T>
}

export function callOf<Options extends object>(
  world: World,
  args: readonly string[],
  options: Options & CommonOptions,
  answer: Answer,
): Call<Options> {
  const { signal, now, openers, cwd, env, terminal } = world
  const folder = folderOf(world, options)
  const load = async (): Promise<TeamModule> => openers.load(findTeam({ cwd, env, named: options.team }), folder)
  let loaded: Promise<TeamModule> | undefined
  const team = (): Promise<TeamModule> => (loaded ??= load())
  const during = <T>(title: string, work: () => Promise<T>): Promise<T> => withProgress(terminal, title, work)
  const held = (): void => {
    if (!terminal.lively) answer.note('Another process opens or closes the folder; waiting for it …')
  }
  return {
    world,
    args,
    options,
    answer,
    team,
    during,
    reach: () =>
      during(`Opening ${folder}`, () =>
        reach({ folder, by: personOf(world, options), signal, now, openers, team, held }),
      ),
  }
}

/** Where the team's state is: --folder, else ROSTER_FOLDER, else `.roster`. */
export function folderOf({ cwd, env }: World, { folder }: CommonOptions): string {
  return resolve(cwd, folder ?? env['ROSTER_FOLDER'] ?? '.roster')
}

/** In whose name: --as, else ROSTER_AS. */
export function personOf({ env }: World, { as }: CommonOptions): string | undefined {
  return as ?? env['ROSTER_AS']
}
