export { postgresStore, type PostgresStoreOptions } from './postgres-store.ts'
export { pgliteStore, type PGliteStoreOptions } from './pglite-store.ts'
export type { SqlStore } from './sql-store.ts'
