import { resolve } from 'node:path'

import type { Call } from '../command/call.ts'
import { option } from '../command/option.ts'
import { verb, type Ended } from '../command/verb.ts'
import type { World } from '../command/world.ts'
import { exitCode } from '../failure/exit-code.ts'
import { installTeam } from '../scaffold/install-team.ts'
import { writeTeam } from '../scaffold/write-team.ts'
import { steps } from '../terminal/steps.ts'

interface Options {
  readonly install?: boolean
}

export const init = (world: World, ended: Ended) =>
  verb<Options>(world, ended, {
    usage: 'init <dir>',
    summary: 'make a new team in a folder: a newsroom that runs, with its tests and a CI file',
    examples: ['init my-team', 'init my-team --install'],
    options: [option('--install', 'install what it needs as well, with npm')],
    notes: 'The folder must be empty or not exist; nothing is overwritten.',
    async run(call) {
      const {
        args,
        options,
        world: { cwd, terminal, signal },
        answer,
      } = call
      const folder = resolve(cwd, args[0] ?? '')
      let files: readonly string[] = []
      await steps(terminal, answer.json, [
        ['Writing the files', async () => void (files = await writeTeam(folder))],
        ...(options.install === true ? [['Installing what it needs', () => installTeam(folder, signal)] as const] : []),
      ])
      answer.whole({ folder, files, installed: options.install === true }, () => nextSteps(call, files))
      return exitCode.ok
    },
  })

function nextSteps({ args: [dir = ''], options }: Call<Options>, files: readonly string[]): string {
  const commands = [
    `cd ${dir}`,
    ...(options.install === true ? [] : ['npm install']),
    'npm start',
    'npm test',
    'npx roster dev',
  ]
  return `A team of two agents and an editor is in ${dir} (${files.length} files). Next:\n\n${commands.map((command) => `  ${command}`).join('\n')}`
}
