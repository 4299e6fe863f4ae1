export { run } from './run.ts'
export { exitCode, type ExitCode } from './failure/exit-code.ts'
export type { World } from './command/world.ts'
