import { queryPostgres } from './postgres-query.ts'

/** The version that a PostgreSQL tells, such as `18.4`. */
export async function postgresVersion(url: string): Promise<string> {
  const [row] = await queryPostgres(url, 'show server_version')
  return String(row?.['server_version']).split(' ')[0] ?? ''
}
