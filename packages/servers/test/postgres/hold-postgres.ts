// A process that starts a server and is then killed by the test that started it.
import { queryPostgres, startPostgres } from '../../src/index.ts'

const server = await startPostgres()
const [row] = await queryPostgres(server.url, 'show data_directory')
process.send?.(row?.['data_directory'])
setInterval(() => {}, 1_000)
