import type { Amounts, AutonomyLevel, LimitId } from '@roster/core'

/** What people decide about who may do what, and what can be asked about it. */
export interface TrustOperations {
  /**
   * Stops a colleague, or `team` for everybody: once it is answered no new effect of theirs starts. What is under way ends, what is pending
   * waits. Stopping again changes the reason.
   *
   * @throws RosterError `denied` when no policy lets `by` stop them, `unknown-colleague`
   */
  stop(order: { who: string; by: string; because: string }): Promise<Ordered>
  /** Lets effects start again, those that wait first. @throws RosterError `denied`, `unknown-colleague` */
  resume(order: { who: string; by: string }): Promise<Ordered>
  /**
   * Revokes a colleague: nothing is done in its name from now on. Once it is answered its streams are closed to whoever acts for it, its open
   * jobs have ended as `revoked`, and whoever asked for them, or asks it for anything, is told so.
   *
   * @throws RosterError `denied` when no policy lets `by` stop it, `unknown-colleague`; `timeout` when nobody works for the team
   */
  revoke(order: { who: string; by: string; because: string }): Promise<Revoked>
  /** Lets a colleague act again that was revoked. What was ended stays ended. @throws RosterError `denied`, `unknown-colleague` */
  reinstate(order: { who: string; by: string }): Promise<Ordered>
  /**
   * Promotes or demotes an agent; what it did so far is kept beside the decision.
   *
   * @throws RosterError `denied` when no policy lets `by` do it, or `by` is no person of the team; `unknown-colleague`; `input-invalid`
   */
  promote(order: { who: string; level: AutonomyLevel; by: string; because: string }): Promise<Ordered>
  /** What a task and its jobs were granted, hold and have used, and which of them wait for more. @throws RosterError `unknown-task` */
  budget(task: string): Promise<readonly BudgetRow[]>
  /**
   * Gives a task more; where jobs of it wait for a limit, each of them gets that much, and goes on.
   *
   * @throws RosterError `denied`; `over-limit` when it is not enough for what waits; `unknown-task`, `input-invalid`
   */
  raise(order: {
    task: string
    by: string
    amounts?: Partial<Amounts>
    /** Whether it goes on although its wall time is over. @defaultValue false */
    overtime?: boolean
  }): Promise<readonly Ordered[]>
  /** What the team and its colleagues may use in the present stretches of their windows, and have used. Empty where none is declared. */
  windows(): Promise<readonly WindowRow[]>
  /**
   * Gives a window more until its next stretch begins; jobs that wait for it go on. `window` is a colleague's name, or `team`.
   *
   * @throws RosterError `denied`, `input-invalid`; `usage` where no such window is declared
   */
  raiseWindow(order: { window: string; by: string; amounts: Partial<Amounts> }): Promise<readonly Ordered[]>
  /** Takes back an approval that was not used yet. @throws RosterError `approval-used`, `denied`, `unknown-colleague` */
  withdraw(order: { approval: string; by: string }): Promise<Ordered>
  /**
   * An owner's consent to what something becomes that they depend on: a team with it may then be loaded outside development. `thing` is
   * `tool/<name>`, `colleague/<name>` or `policies`; `digest` what it becomes.
   *
   * @throws RosterError `denied` when no policy lets `by` decide, or `by` is no person of the team
   */
  consent(given: { thing: string; digest: string; by: string }): Promise<Ordered>
  /**
   * A person answers for a team as it is to be loaded, by the digest of all that a deployment loads and the names of the gaps that are open.
   *
   * @throws RosterError `denied` when no policy lets `by` decide, or `by` is no person of the team
   */
  signReady(given: { digest: string; gaps: readonly string[]; by: string }): Promise<Ordered>
  /**
   * Reads everything back from an export alone, without the store, and records whether all of it verifies and every state is what it was.
   *
   * @throws RosterError `denied`
   */
  drill(given: { by: string }): Promise<Drilled>
  /** Whether somebody may do something, by which policies, and what it would take. */
  can(query: CanQuery): Promise<CanAnswer>
}

/** The budget of a task or of one of its jobs. */
export interface BudgetRow {
  readonly stream: string
  readonly granted: Amounts
  readonly held: Amounts
  readonly used: Amounts
  /** Whether something waits for a limit to be raised. */
  readonly waits: boolean
}

/** The budget of the present stretch of a window. A limit that nobody has set is `null` in `granted`. */
export interface WindowRow {
  /** A colleague's name, or `team`. */
  readonly window: string
  /** When the next stretch begins, in milliseconds since 1970. */
  readonly until: number
  readonly granted: Readonly<Record<LimitId, number | null>>
  readonly held: Amounts
  readonly used: Amounts
}

/** An order that is on record. */
export interface Ordered {
  /** Id of the record. */
  readonly record: string
  readonly stream: string
  readonly version: number
  /** The level before, for a promotion. */
  readonly before?: AutonomyLevel
}

/** A revocation that is on record. */
export interface Revoked extends Ordered {
  /** Streams of the jobs that it ended. */
  readonly jobs: readonly string[]
}

/** What came of reading everything back from an export. */
export interface Drilled extends Ordered {
  readonly records: number
  readonly streams: number
  readonly verified: boolean
  readonly problems: readonly { readonly code: string; readonly message: string }[]
}

/** May this principal do this to that? */
export interface CanQuery {
  /** A colleague's name, `client/<name>` or `task`. */
  readonly who: string
  readonly action: string
  /** A tool, model, playbook or colleague, by what the action is done to. @defaultValue the only one there is */
  readonly what: string
  /** In which circumstances. @defaultValue trusted, with no approval and no endorsement */
  readonly given?: {
    readonly untrusted?: boolean
    readonly approved?: boolean
    readonly endorsed?: boolean
    /** Which kind of work or message. */
    readonly kind?: string
  }
}

/** The answer, with what determined it. */
export interface CanAnswer {
  readonly allowed: boolean
  readonly who: string
  readonly action: string
  readonly what: string
  /** Ids of the policies that determined it. */
  readonly policies: readonly string[]
  readonly policySet: string
  readonly reason: string
  /** What would have to be different, the least first; empty if it is allowed. */
  readonly needed: readonly string[]
  /** What holds beside the policies, whatever they say: levels of autonomy, gates, untrusted lineage. */
  readonly alsoNeeded: readonly string[]
}

/** Who may do what, asked one by one. */
export interface Permissions {
  readonly policySet: string
  readonly rows: readonly PermissionRow[]
  /** Tools and models that somebody is granted and that nothing of theirs uses. */
  readonly unused: readonly { readonly who: string; readonly what: string }[]
}

/** One question that a team can ask. */
export interface PermissionRow {
  readonly who: string
  readonly action: string
  readonly what: string
  /** `yes`, `no`, or what it takes in words. */
  readonly answer: string
  readonly policies: readonly string[]
}
