import type { Analysis, Envelope, Exercised, Failure, Json } from '@roster/core'

import type { Checkpoint } from '../verify/checkpoint.ts'
import type { ScheduleOperations } from './schedule-operations.ts'
import type { TrustOperations } from './trust-operations.ts'
import type { SignedCommit } from '../verify/signed-commit.ts'

/**
 * Everything that can be asked of a team, by the process that hosts it or by another one beside it. Arguments and answers are JSON, so
 * that the same operations work across a socket. Errors are RosterErrors by code.
 */
export interface Operations extends TrustOperations, ScheduleOperations {
  /** Publishes a task. The same key again is the same task. Documents are kept first, with {@link keepDocument}. */
  publish(publication: {
    playbook: string
    input: Json
    idempotencyKey: string
    requester: string
    /** @defaultValue what its playbook says, which is the most */
    priority?: number
  }): Promise<{ task: string; known: boolean }>
  /** Keeps a document by the hash of its content and answers the reference that a task's input carries. `base64` is its bytes. */
  keepDocument(document: { name: string; base64: string }): Promise<DocumentReference>
  /** All tasks, the oldest first, then those that are queued, in the order of the queue; those with a status or a business key only, if asked. */
  tasks(filter?: { status?: TaskStatus; about?: string }): Promise<readonly TaskSummary[]>
  /** One task. @throws RosterError `unknown-task` */
  task(id: string): Promise<TaskSummary>
  /** Waits until a task has ended or waits for a person, or until the time is over. */
  settled(id: string, timeoutMs: number): Promise<TaskSummary>
  /** Withdraws a task: whoever asked for it may, others if a policy permits it. Whether it came in time, {@link task} tells. */
  cancel(id: string, by: string): Promise<{ known: boolean }>
  /** What waits for a decision, the oldest first; of one person, if named. */
  inbox(person?: string): Promise<readonly InboxItem[]>
  /**
   * Signs a decision with the person's key, brings it to whoever waits for it, and answers the record in which it was taken; `null` while nobody
   * works for the team, since it is pending then.
   *
   * @throws RosterError `unknown-record` when nothing waits for it, or not any more; `denied`, or another code, when it is refused: why
   */
  decide(decision: {
    item: string
    person: string
    decision: 'approved' | 'declined'
    reason: string
  }): Promise<{ approval: string; known: boolean; record: string | null }>
  /** Everybody on the roster. */
  who(): Promise<readonly ColleagueSummary[]>
  /** How each playbook does: tasks and steps that succeeded, and whether that is enough. */
  status(): Promise<readonly PlaybookStatus[]>
  /** Tells the owner of each playbook that succeeds too rarely, in their inbox; once a day. */
  tellOwners(): Promise<readonly Told[]>
  /** Records in the tenant's order after a position, of one stream or one task if given. */
  log(query?: { after?: number; limit?: number; stream?: string; task?: string }): Promise<readonly RecordSummary[]>
  /** A task or an actor's stream stepped again to a version, with every digest compared; nothing outside is touched. */
  replay(query: { subject: string; to?: number }): Promise<Replay>
  /** The chain behind a record, or behind all tasks with a business key. */
  why(query: { record: string } | { about: string }): Promise<Why>
  /** What a model was told beside its input, by the digest that a record names. @throws RosterError `unknown-record` */
  prompt(digest: string): Promise<PromptText>
  /** Checks every record, chain, column, head and signed checkpoint, by code that shares nothing with what writes them. */
  verify(): Promise<Verification>
  /** Everything that was recorded of a task, or of everything, as one document that is also a test fixture. */
  export(query?: { task?: string }): Promise<Exported>
  /** What the team is made of and what is wrong with it. */
  check(): Promise<Check>
  /** Messages that failed too often and were set aside, the oldest first. */
  deadLetters(): Promise<readonly DeadLetter[]>
  /**
   * Takes up again what was set aside: the task that it ended, as a new one; else the message. A second call gives the first one's answer.
   * @throws RosterError `denied` for whoever is no person of the team, `unknown-record`, `refused`
   */
  resend(letter: { record: string; by: string }): Promise<{ task: string; message: string; known: boolean }>
  /** Counts over everything recorded. */
  totals(): Promise<{ records: number; denials: number; costMicroUsd: number; bytes: number }>
}

/** A prompt as it was when it was used. */
export interface PromptText {
  readonly digest: string
  readonly instructions: string
  readonly tools: readonly { readonly name: string; readonly description: string; readonly inputSchema: Json }[]
  /** The schema of the answer. */
  readonly output: Json
}

/** A message that failed too often and was set aside. */
export interface DeadLetter {
  /** The record that set it aside. */
  readonly record: string
  readonly position: number
  readonly at: number
  /** Whose message it was. */
  readonly stream: string
  /** Empty for what belongs to no task. */
  readonly task: string
  readonly type: string
  readonly kind: string
  readonly sender: string
  readonly because: string
}

/** A document as a task's input and a record carry it: its content is kept apart, by `hash` (SHA-256 of its base64). */
export interface DocumentReference {
  readonly name: string
  readonly hash: string
  readonly bytes: number
}

/** `queued` until there is room for it, `running` until it ends; `waiting` while a person is asked. */
export type TaskStatus = 'queued' | 'running' | 'waiting' | 'done' | 'refused' | 'failed' | 'cancelled' | 'stopped'

/** A task as it stands. */
export interface TaskSummary {
  readonly task: string
  readonly playbook: string
  readonly requester: string
  readonly status: TaskStatus
  /** State value of its playbook; of a queued task, its priority in words. */
  readonly state: Json
  readonly about: readonly string[]
  /** What the playbook put out, once done. */
  readonly outcome: Json
  readonly error: Failure | null
  readonly waitingOn: readonly { readonly person: string; readonly item: string; readonly since: number }[]
  readonly startedAt: number
  readonly endedAt: number | null
  readonly costMicroUsd: number
  readonly denials: number
}

/** A decision that waits for a person: machine-made facts first, then what the asker says. */
export interface InboxItem {
  /** The stream of the person's job. */
  readonly item: string
  readonly person: string
  readonly role: string
  readonly task: string
  readonly about: readonly string[]
  readonly tool: string
  readonly arguments: Json
  readonly argumentsDigest: string
  readonly question: Json
  readonly integrity: 'trusted' | 'untrusted'
  readonly sources: readonly string[]
  readonly costMicroUsd: number
  readonly since: number
  readonly expiresAt: number
}

/** A colleague: what they do now, and what they did so far. */
export interface ColleagueSummary {
  readonly name: string
  readonly kind: 'agent' | 'person'
  readonly role: string
  readonly owner: string
  readonly version: string
  readonly state: Json
  /** Why it begins nothing, where people decided so. */
  readonly barred: readonly ('stopped' | 'revoked')[]
  /** Jobs that are open now. */
  readonly open: readonly { readonly job: string; readonly task: string; readonly kind: string; readonly state: Json }[]
  /** Messages in its mailbox that it has not taken yet, and how long the oldest has waited, in milliseconds. */
  readonly waiting: number
  readonly oldestMs: number
  readonly done: number
  readonly failed: number
  readonly denials: number
  readonly costMicroUsd: number
}

/** How one step of a playbook came out, over the window of its playbook, to the day. */
export interface StepStatus {
  /** The id of its invocation. */
  readonly step: string
  readonly answered: number
  readonly failed: number
  /** Ended by a delay before it answered. */
  readonly late: number
  /** Answered, of all that ended; from 0 to 1. */
  readonly share: number
}

/** How a playbook does. */
export interface PlaybookStatus {
  readonly playbook: string
  /** Who is to know when it is not enough. */
  readonly owner: string
  /** How far back tasks are counted that have ended. */
  readonly windowMs: number
  /** Tasks that have not ended. */
  readonly open: number
  /** Tasks that ended in the window, but for those that were cancelled. */
  readonly ended: number
  /** Those of them that are done, and a success as the playbook declares it. */
  readonly succeeded: number
  /** `null` before one has ended. */
  readonly share: number | null
  /** The share below which its owner is to know, or `null` where none is declared. */
  readonly atLeast: number | null
  readonly enough: boolean
  readonly steps: readonly StepStatus[]
  /** How often all steps come out well, each as often as it does: ten steps at 0.9 are 0.35. `null` without a step. */
  readonly chain: number | null
}

/** An owner who was told that a playbook succeeds too rarely. */
export interface Told {
  readonly playbook: string
  readonly owner: string
  /** Whether they were told today already: then they are not told again. */
  readonly known: boolean
}

/** A record without its body. */
export interface RecordSummary {
  readonly position: number
  readonly envelope: Envelope
  readonly hash: string
}

/** What stepping a history again came to. */
export interface Replay {
  readonly subject: string
  /** State values, in order of position: of the subject and of all jobs of the task. */
  readonly steps: readonly {
    readonly position: number
    readonly stream: string
    readonly version: number
    readonly at: number
    readonly kind: string
    readonly cause: string
    readonly before: Json
    readonly after: Json
  }[]
  readonly state: Json
  readonly why: string
  /** Whether every digest was the same when stepped again. */
  readonly verified: boolean
  readonly divergence: Json
}

/** One act and what led to it. */
export interface WhyRecord {
  readonly record: string
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly at: number
  readonly kind: string
  readonly who: Envelope['who']
  readonly where: Envelope['where']
  readonly cause: Envelope['cause']
  readonly before: Json
  readonly after: Json
  readonly label: Envelope['label']
  readonly decisions: Envelope['decisions']
  readonly guards: Envelope['path']['guards']
  readonly taken: Envelope['path']['taken']
  /** Transitions that the state had for the same event and did not take. */
  readonly notTaken: readonly {
    readonly event: string
    readonly guard: string | null
    readonly target: readonly string[]
  }[]
  readonly effects: readonly { readonly skill: string; readonly name: string; readonly input: Json }[]
  /** What an effect answered, if this record is its answer. */
  readonly answer: Json
  readonly approvals: readonly {
    readonly person: string
    readonly role: string
    readonly decision: string
    readonly at: number
    readonly reason: string
  }[]
  /** Of a model's answer: which model it was, by which prompt (`roster prompt <digest>`), and which models did not answer before. */
  readonly thinking: Thinking | null
  readonly costMicroUsd: number
  readonly error: Json
}

/** Who thought, and what it was told. */
export interface Thinking {
  readonly model: string
  /** The digest of the prompt. */
  readonly prompt: string
  readonly tried: readonly { readonly model: string; readonly code: string }[]
}

/** What led to a record, or to all that has a business key. */
export interface Why {
  readonly question: string
  readonly tasks: readonly TaskSummary[]
  /** The chain of causes, the first cause first. */
  readonly chain: readonly WhyRecord[]
}

/** Whether a history is as it was written, and everything that is not. */
export interface Verification {
  readonly verified: boolean
  readonly records: number
  readonly streams: number
  /** Signed checkpoints that were compared, and the last position that one covers: what came later is protected by its chain alone. */
  readonly checkpoints: number
  readonly anchoredTo: number
  /** The first position from which on hosts have signed for every record; `null` where they have signed for none. */
  readonly signedFrom: number | null
  /** Records that were found at a start, unsigned, and signed then: a process died between an append and its signature. */
  readonly found: number
  readonly problems: readonly {
    readonly code: string
    readonly stream: string
    readonly version: number | null
    readonly position: number | null
    readonly field: string
    readonly message: string
  }[]
}

/** The form is versioned; a reader refuses what it does not know. */
export interface Exported {
  readonly format: 'roster.export.1'
  readonly tenant: string
  readonly team: string
  readonly heads: readonly { readonly stream: string; readonly version: number; readonly hash: string }[]
  readonly records: readonly {
    readonly position: number
    readonly envelope: string
    readonly body: string | null
    readonly salt: string | null
    readonly previousHash: string
    readonly hash: string
  }[]
  /** Only with an export of everything. */
  readonly checkpoints?: readonly Checkpoint[]
  /** Signatures of hosts over what they appended; only with an export of everything. */
  readonly commits?: readonly SignedCommit[]
}

/** What a playbook or a kind of work can come to, and which part of it histories have exercised. */
export interface Analysed extends Analysis {
  /** `null` where no history was given. */
  readonly exercised: Exercised | null
}

/** A team as it would be put to work, and what is wrong with it. Problems with the codes `policy-doubtful` and `state-unreachable` are warnings. */
export interface Check {
  readonly ok: boolean
  readonly team: string
  readonly digest: string
  /** Tasks and jobs that were stepped again with the definitions of now. */
  readonly histories: { readonly streams: number; readonly records: number }
  readonly colleagues: readonly {
    readonly name: string
    readonly kind: string
    readonly role: string
    readonly owner: string
    readonly accepts: readonly string[]
    readonly tools: readonly string[]
    readonly limits: Json
  }[]
  readonly playbooks: readonly {
    readonly name: string
    readonly version: string
    readonly owner: string
    readonly states: readonly string[]
    readonly limits: Json
    /** How many of its tasks are under way at once, and how urgent they are. */
    readonly atOnce: number
    readonly priority: number
  }[]
  /** How many tasks are under way at once; the others wait in the queue. */
  readonly atOnce: { readonly team: number; readonly requester: number }
  readonly tools: readonly {
    readonly name: string
    readonly version: string
    readonly owner: string
    readonly consequential: boolean
    readonly idempotent: boolean
    readonly place: string
  }[]
  /** Playbooks first, then the pieces of work of its agents. */
  readonly analyses: readonly Analysed[]
  /** What its roster.lock would say. */
  readonly lock: string
  readonly problems: readonly Failure[]
}
