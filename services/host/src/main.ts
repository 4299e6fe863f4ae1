import { runService } from 'roster/distributed'

process.exitCode = await runService('host', process)
