import { describeWithServer, startPostgres } from '@roster/testing/servers'
import { it } from 'vitest'

import { patienceMs, rounds } from './rounds.ts'
import { Trial } from './trial.ts'

describeWithServer('postgres', 'a PostgreSQL server that is restarted', () => {
  it('under load loses nothing', { timeout: patienceMs }, async () => {
    await using postgres = await startPostgres()
    await using trial = await Trial.begin({ databaseUrl: postgres.url })
    const restarts = rounds(1, 10)
    for (let restart = 0; restart < restarts; restart++) {
      const load = trial.want(60)
      await trial.busy()
      await (restart % 2 === 0 ? postgres.kill('SIGKILL') : Promise.resolve())
      await postgres.restart()
      await load
      await trial.calm()
    }
    await trial.conclude(`PostgreSQL restarted ${restarts} times`, { restarts })
  })
})
