export { TemporalStarter, type StarterOptions } from './client/temporal-starter.ts'
export { bundlePlaybooks } from './worker/bundle-playbooks.ts'
export { taskWorker, type TaskWorkerOptions } from './worker/task-worker.ts'
export { taskQueueOf, workflowIdOf } from './workflow-id.ts'
