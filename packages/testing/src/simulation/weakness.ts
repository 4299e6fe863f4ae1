import { partitionCount, type AppendRequest, type IdSource, type Store } from '@roster/core'

/** The ways in which an adapter can be weakened. Each must be found out, or the simulation proves nothing. */
export const weaknesses = [
  'cause-unchecked',
  'sent-apart',
  'no-fence',
  'random-task-id',
  'no-idempotency-key',
  'acknowledged-first',
] as const

export type Weakness = (typeof weaknesses)[number]

const everywhere = Array.from({ length: partitionCount }, (_, partition) => partition)

/** A store that does less than it has to, as one operation would. */
export function weakStore(store: Store, weakness: Weakness | undefined, ids: IdSource): Store {
  if (weakness === 'cause-unchecked') return causeUnchecked(store)
  if (weakness === 'no-fence') return noFence(store)
  if (weakness === 'random-task-id')
    return { ...store, accept: (acceptance) => store.accept({ ...acceptance, key: ids.id() }) }
  return store
}

/** A store, as a process sees it, that is called more often than it should be. */
export function weakView(store: Store, weakness: Weakness | undefined): Store {
  return weakness === 'sent-apart' ? sentApart(store) : store
}

/** Takes a cause for pending that was consumed. */
function causeUnchecked(store: Store): Store {
  return {
    ...store,
    async countAttempts(ids) {
      const counts = await store.countAttempts(ids)
      return new Map(ids.map((id) => [id, counts.get(id) ?? 1]))
    },
    async append(requests) {
      const messages = await store.pendingIn(everywhere, { dueBy: Number.MAX_SAFE_INTEGER })
      const unchecked = requests.map(async (request): Promise<AppendRequest> => {
        const pending = [...messages, ...(await store.pendingOf(request.stream))]
        return pending.some(({ id }) => id === request.cause?.id) ? request : { ...request, cause: null }
      })
      return store.append(await Promise.all(unchecked))
    },
  }
}

/** Takes records from whoever brings them. */
function noFence(store: Store): Store {
  return {
    ...store,
    append: (requests) =>
      store.append(
        requests.map((request) => ({
          ...request,
          fence: null,
          cause: request.cause === null ? null : { id: request.cause.id },
        })),
      ),
    markAttempted: async (id, token) => {
      const attempted = await store.markAttempted(id, token)
      return attempted === 'fenced' ? 'first' : attempted
    },
  }
}

/** Stores messages after the record that sends them, in a call of their own. */
function sentApart(store: Store): Store {
  return {
    ...store,
    async append(requests) {
      const results = await store.append(
        requests.map((request) => ({ ...request, pending: request.pending.filter(({ kind }) => kind !== 'message') })),
      )
      for (const [index, { record, pending }] of requests.entries()) {
        const messages = pending.filter(({ kind }) => kind === 'message')
        if (results[index]?.kind !== 'appended' || messages.length === 0) continue
        await store.accept({ client: 'apart', key: record.id, answer: '', pending: messages })
      }
      return results
    },
  }
}
