export { Host } from './host/host.ts'
export { defaultMailboxDepth } from './host/ports.ts'
export type {
  Alarm,
  EffectAnswer,
  EffectCall,
  EffectRunner,
  HostOptions,
  HostPorts,
  Said,
  TransitionPorts,
} from './host/ports.ts'
export type { Observation, Observe } from './host/observation.ts'
export { Relay, type RelayOptions, type RelayPorts } from './host/relay.ts'
export {
  cancel,
  decide,
  endRevoked,
  order,
  publish,
  type IntakePorts,
  type Order,
  type Publication,
} from './intake/intake.ts'
export { Admission, type AdmissionOptions, type AdmissionPorts } from './intake/admission.ts'
export { calendarOf, type Calendar } from './schedule/calendar.ts'
export { Scheduler, type SchedulerOptions } from './schedule/scheduler.ts'
export { schedulesIn, type ScheduleRow } from './schedule/schedules-view.ts'
export { notify, type Notification } from './intake/notify.ts'
export { takeTeamNotes } from './intake/take-notes.ts'
export { resend, type Resent } from './intake/resend.ts'
export { deploy, type Deployment } from './intake/deploy.ts'
export { Reconciler, type Finding, type ReconcilerOptions, type ReconcilerPorts } from './intake/reconcile.ts'
export { memoryStore, type MemoryStore, type MemoryStoreOptions } from './memory/memory-store.ts'
export { memoryBus, type MemoryBusOptions } from './memory/memory-bus.ts'
export { CoordinatedTasks } from './task/coordinated-tasks.ts'
export type { CoordinatedOptions, CoordinatedPorts } from './task/coordinated-ports.ts'
export { TaskCourier, type CourierPorts } from './task/task-courier.ts'
export {
  bringOverdue,
  openTasks,
  reconcileTasks,
  waitingForVersions,
  type LostTask,
  type Reconciled,
  type TaskReconcilerPorts,
} from './task/task-reconciler.ts'
export { tellOfVersions } from './task/tell-versions.ts'
