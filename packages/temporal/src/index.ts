export {
  connectTemporal,
  inspectTemporal,
  type TemporalAddress,
  type TemporalConnection,
} from './client/connect-temporal.ts'
export { TemporalStarter, type StarterOptions } from './client/temporal-starter.ts'
export { bundlePlaybooks } from './worker/bundle-playbooks.ts'
export { taskWorker, type TaskWorkerOptions } from './worker/task-worker.ts'
export { taskQueueOf, workflowIdOf } from './workflow-id.ts'
export type { Standing, Taken, TaskEnd, TaskInput } from './workflow/protocol.ts'
