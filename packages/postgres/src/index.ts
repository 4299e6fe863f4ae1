export { postgresStore, type PostgresStoreOptions } from './postgres-store.ts'
export { pgliteStore, type PGliteStoreOptions } from './pglite/pglite-store.ts'
export type { SqlStore } from './sql-store.ts'
export { lockFolder, folderHolder, type FolderHolder, type FolderLock } from './pglite/folder-lock.ts'
