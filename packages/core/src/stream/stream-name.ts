/**
 * The name of a stream, which is also the address of its actor:
 *
 * - `<team>/team`: the deployments
 * - `<team>/agent/<name>`, `<team>/person/<name>`: a colleague
 * - `<colleague>/job/<message id>`: one piece of work of that colleague
 * - `<team>/task/<id>`: one task
 * - `client/<name>`: somebody outside; has no stream, only sends
 */
export type StreamName = string

export type StreamKind = 'team' | 'agent' | 'person' | 'job' | 'task' | 'client'

/** The parts of a stream's name. `name` is the colleague's name, the task's id or the client's name. */
export interface StreamParts {
  readonly kind: StreamKind
  readonly team: string
  readonly name: string
  /** The colleague's stream for a job, otherwise the stream itself. */
  readonly base: StreamName
  /** The job's id, which is the id of the message that started it. */
  readonly job?: string
}

export const streamName = {
  team: (team: string): StreamName => `${team}/team`,
  agent: (team: string, name: string): StreamName => `${team}/agent/${name}`,
  person: (team: string, name: string): StreamName => `${team}/person/${name}`,
  task: (team: string, id: string): StreamName => `${team}/task/${id}`,
  job: (colleague: StreamName, messageId: string): StreamName => `${colleague}/job/${messageId}`,
  client: (name: string): StreamName => `client/${name}`,
}

/** Takes a stream's name apart. */
export function parseStream(stream: StreamName): StreamParts {
  const [team = '', kind = '', name = '', marker, job] = stream.split('/')
  if (team === 'client') return { kind: 'client', team: '', name: kind, base: stream }
  if (kind === 'team') return { kind, team, name: team, base: stream }
  if (marker === 'job' && job !== undefined) return { kind: 'job', team, name, base: `${team}/${kind}/${name}`, job }
  return { kind: kind as StreamKind, team, name, base: stream }
}
