import type { Connections } from '../connection/connections.ts'
import type { Principal } from '../credentials.ts'
import { busError } from '../map-error.ts'
import { answerSubject } from '../subject.ts'
import { encodeAnswer } from '../wire/task.ts'
import type { Answer } from './take-tasks.ts'

/** Answers go over core NATS to whoever listens: nobody keeps them, and a client that missed one asks again. */
export function answerClient(connections: Connections, as: Principal): Answer {
  return async (team, client, answer) => {
    const connection = await connections.of(as)
    try {
      connection.publish(answerSubject(team, client, answer.key ?? answer.task ?? 'refused'), encodeAnswer(answer))
    } catch (error) {
      throw busError(error, `answering ${client}`)
    }
  }
}
