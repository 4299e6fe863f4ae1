export {
  colleague,
  type Accepts,
  type ColleagueLimits,
  type ColleagueOf,
  type ColleagueOptions,
  type WorkOptions,
} from './author/colleague.ts'
export { person, type Person } from './author/person.ts'
export { playbook, type PlaybookOf, type PlaybookOptions, type Success, type TaskLimits } from './author/playbook.ts'
export type { WindowOptions } from './author/window.ts'
export { team, type PolicySource, type TeamOf, type TeamOptions } from './author/team.ts'
export { inProcess, type ProcessCode } from './place/in-process.ts'
export { inSandbox, type SandboxedCode } from './place/in-sandbox.ts'
export { tool, type ToolContext, type ToolOf, type ToolOptions } from './author/tool.ts'
export { approve, ask, askRole, notify, tell, use, wait, type ApprovalInput, type AskOptions } from './author/skills.ts'
export { approval, asking, entering, never, passing } from './author/property.ts'
export type { AskStep, Check, Done, Fallback, Steps, Undo } from './author/steps.ts'
export type { Duration } from './author/duration.ts'

export { duty, isRosterError, RosterError } from '@roster/core'
export type {
  ApprovalReply,
  AutonomyLevel,
  ErrorCode,
  Failure,
  JobInput,
  Json,
  Milestone,
  Need,
  Property,
  ThinkInput,
  ThinkOutput,
} from '@roster/core'
