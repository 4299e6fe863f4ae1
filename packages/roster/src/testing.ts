export { rehearse, type PersonScript, type Rehearsal, type RehearsalOptions } from './rehearsal/rehearse.ts'
export { scripted, type ScriptedAnswer } from './rehearsal/scripted.ts'
