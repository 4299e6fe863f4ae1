import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import type { Sample } from '../measure/sample.ts'
import type { Answer, Order } from './serve.ts'

/** A subject in a process of its own. */
export interface Spawned extends AsyncDisposable {
  run(amount: number, options?: { readonly profile?: boolean }): Promise<Sample>
}

/** Starts the process of a subject; ready when it has opened what it needs. */
export async function spawnSubject(module: string, options: object): Promise<Spawned> {
  const child = fork(fileURLToPath(module), [JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await answerOf(child)
  return {
    async run(amount, { profile = false } = {}) {
      const answered = answerOf(child)
      child.send({ amount, profile } satisfies Order)
      const answer = await answered
      if (answer.kind !== 'done') throw new TypeError(`${module} answered ${answer.kind}`)
      return answer.sample
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  const ended = new AbortController()
  const exit = (code: number | null): void => ended.abort(new Error(`a subject ended by itself with ${code}`))
  child.once('exit', exit)
  try {
    const [answer] = (await once(child, 'message', { signal: ended.signal })) as [Answer]
    if (answer.kind === 'failed') throw new Error(answer.message)
    return answer
  } finally {
    child.off('exit', exit)
  }
}
