export { startPostgres, type PostgresOptions } from './postgres/postgres-server.ts'
export { OLDEST_POSTGRES, systemPostgres } from './postgres/postgres-programs.ts'
export { queryPostgres } from './postgres/postgres-query.ts'
export { startNats, type NatsOptions } from './nats/nats-server.ts'
export { startTemporal, type TemporalOptions } from './temporal/temporal-server.ts'

export type { TestServer } from './test-server.ts'
