export { storeContract, type StoreContractOptions } from './contract/store-contract.ts'
export { busContract, type BusContractOptions } from './contract/bus-contract.ts'
export type { BusCapability, OpenBus, OpenedBus } from './contract/bus-opened.ts'
export { mail } from './contract/bus-scene.ts'
export type { Capability, OpenedStore, OpenStore } from './contract/opened-store.ts'

export { sealedRecord, type RecordParts } from './record/sealed-record.ts'
export { appendRequest, type RequestParts } from './record/append-request.ts'
export { newEffect, newMessage, newTimer } from './pending/new-pending.ts'

export { fixedClock, type FixedClock } from './clock/fixed-clock.ts'
export { fixedId } from './id/fixed-id.ts'
export { seededIds } from './id/seeded-ids.ts'
export { sha256 } from './id/sha256.ts'

export { allCrashPoints, crashPoints, type CrashOrders, type CrashPoint } from './crash/crash-points.ts'
export { Crash, isCrash } from './crash/crash.ts'
