import type { ServerCommand } from '../process/supervisor-protocol.ts'

/** How a development server is started. */
export interface TemporalStart {
  readonly program: string
  readonly folder: string
  readonly port: number
  /** Of its web page; undefined for none. */
  readonly uiPort: number | undefined
  /** Where it keeps its state; undefined to keep it in memory. */
  readonly file: string | undefined
  readonly searchAttributes: Readonly<Record<string, string>>
}

/** The command that serves on the loopback address. */
export function temporalCommand({
  program,
  folder,
  port,
  uiPort,
  file,
  searchAttributes,
}: TemporalStart): ServerCommand {
  const attributes = Object.entries(searchAttributes).map(([name, type]) => `--search-attribute=${name}=${type}`)
  return {
    program,
    args: [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${port}`,
      '--log-level=warn',
      ...(uiPort === undefined ? ['--headless'] : [`--ui-port=${uiPort}`]),
      ...(file === undefined ? [] : [`--db-filename=${file}`]),
      ...attributes,
    ],
    cwd: folder,
    // It reads its own configuration below the home folder, which must not reach a server of ours.
    env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    user: undefined,
    readyText: 'Temporal Server:',
  }
}
