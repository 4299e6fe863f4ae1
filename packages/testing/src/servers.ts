export { describeWithServer } from './server/describe-with-server.ts'
export { type FreshDatabase, type FreshDatabaseOptions, freshDatabase } from './server/fresh-database.ts'
export { type SharedServer, type ServerName, sharedServer } from './server/shared-server.ts'
export {
  type NatsOptions,
  type PostgresOptions,
  startNats,
  startPostgres,
  startTemporal,
  type TemporalOptions,
  type TestServer,
} from '@roster/servers'
