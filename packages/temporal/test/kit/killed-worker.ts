/** A process that drives tasks and dies, as with `kill -9`, at the append that it is told: its store is PostgreSQL, its server Temporal. */
import { postgresStore } from '@roster/postgres'
import { CoordinatedTasks } from '@roster/runtime'
import { crashPoints, seededIds, sha256, type CrashOrders } from '@roster/testing'
import { coordinatorPolicy, coordinatorSignatures, coordinatorTeam } from '@roster/testing/team'
import { connectTemporal, taskWorker } from '../../src/index.ts'
import { bundleOf } from './temporal-world.ts'

const [address = '', databaseUrl = '', tenant = '', taskQueue = '', orders = '{}'] = process.argv.slice(2)
const store = await postgresStore({ connectionString: databaseUrl, tenant, migrate: false, maxConnections: 2 })
const dying = crashPoints(store, JSON.parse(orders) as CrashOrders, () => process.kill(process.pid, 'SIGKILL'))
const clock = { now: () => Date.now() }
const steps = new CoordinatedTasks(
  {
    store: dying,
    team: coordinatorTeam,
    policy: coordinatorPolicy,
    signatures: coordinatorSignatures,
    clock,
    ids: seededIds(`killed ${process.pid}`),
    sha256,
    // Nobody here hosts colleagues: whoever started this process does.
    deliver: (rows) => void (rows.length > 0 && process.stdout.write(`${JSON.stringify(rows)}\n`)),
  },
  { name: 'killed', build: 'test' },
)
const { connection } = await connectTemporal({ address })
const worker = await taskWorker({ connection, team: coordinatorTeam.name, taskQueue, bundle: await bundleOf(), steps })
process.stdout.write('ready\n')
await worker.run()
