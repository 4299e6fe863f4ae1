export { streamName, parseStream, type StreamName, type StreamKind, type StreamParts } from './stream/stream-name.ts'
export { colleaguePartitionCount, partitionOf, partitionCount } from './stream/partition.ts'
export { satisfies, type ExpectedVersion } from './stream/expected-version.ts'
export type { Version, Position } from './stream/version.ts'

export { envelopeOf, isControl, controlTypes, type Message, type MessageEnvelope } from './message/message.ts'
export { maxMessageBytes, refuseLarge } from './message/size.ts'
export { joinLabels, mayRead, trusted, type Label, type Reader } from './message/label.ts'

export { recordSchema } from './record/record.ts'
export type {
  Body,
  Cause,
  Decision,
  Envelope,
  Path,
  Place,
  RecordDraft,
  RecordKind,
  SealedRecord,
  StoredRecord,
} from './record/record.ts'
export { seal, recordHash, bodyHash, genesis } from './record/seal.ts'
export { difference, patched, type Operation } from './record/patch.ts'

export type { Policy } from './port/policy.ts'
export type { Question, Verdict, Principal, PolicyAction } from './policy/question.ts'

export type { Approval, UnsignedApproval } from './approval/approval.ts'
export { endorsedBy, type Endorsed, type Endorsement } from './approval/endorsement.ts'

export { amounts, add, subtract, least, nothing, limitIds, type Amounts, type LimitId } from './budget/amounts.ts'
export { isLimited, whoseWindow, windowAmounts, windowBudget, type Window } from './budget/window.ts'
export { isOvertime, overtimeBudget } from './budget/overtime.ts'
export { exceeded, type Budget, type BudgetChange } from './budget/budget.ts'

export type { AppendRequest, AppendResult, EventStore, Fence, Head } from './port/event-store.ts'
export type {
  Acceptance,
  NewPending,
  MailboxDepth,
  Overdue,
  Ownership,
  Pending,
  PendingKind,
  PendingStore,
} from './port/pending-store.ts'
export type { Bus, Delivery, Sending, Subscription } from './port/bus.ts'
export type { BlobStore, SnapshotStore } from './port/cache-store.ts'
export type { Projection, ProjectionStore, View } from './port/projection-store.ts'
export type {
  HostFunctions,
  Sandbox,
  SandboxLimits,
  SandboxOptions,
  SandboxOutcome,
  SandboxUse,
} from './port/sandbox.ts'
export { system, type Revocations } from './port/revocations.ts'
export type { Store } from './port/store.ts'
export type { Advance, AdvanceRequest, Resumed, TaskSteps } from './port/task-steps.ts'
export type { TaskStarter } from './port/task-starter.ts'
export type { Admitted, QueuedTask, QueueLimits, QueuePlace, TaskQueue } from './port/task-queue.ts'
export { isScheduleType, scheduleTypes } from './schedule/schedule.ts'
export type { DueTime, Overlap, Schedule, ScheduleType, SkipReason } from './schedule/schedule.ts'
export type { Clock } from './port/clock.ts'
export type { IdSource } from './port/id-source.ts'

export { RosterError, isRosterError, type ErrorDetail } from './error/roster-error.ts'
export { errorCodes, type ErrorCode } from './error/error-code.ts'
export { failureOf, isFailure, type Failure } from './error/failure.ts'

export { canonical } from './json/canonical.ts'
export { own } from './json/own.ts'
export { asJson, assertJson } from './json/assert-json.ts'
export { hashTuple, type Sha256 } from './json/sha256.ts'
export type { Json, JsonObject } from './json/json.ts'

export {
  skillLogic,
  skillOf,
  type Addressee,
  type Endorse,
  type Skill,
  type SkillKind,
  type SkillLogic,
} from './actor/skill.ts'
export { skillsOf } from './actor/skills-of.ts'
export {
  definitionDigest,
  defaultLimits,
  defaultTaskLimits,
  machineAsData,
  type Definition,
  type Limits,
} from './actor/definition.ts'
export { assertDurable } from './actor/durable.ts'
export { assertFanOut, defaultFanOut, fanOutOf } from './actor/fan-out.ts'
export { assertRounds } from './actor/rounds.ts'
export { instrumented } from './actor/instrumented.ts'
export { checkingPurity } from './actor/purity.ts'
export { transitionsOf, type TransitionData } from './actor/transitions-of.ts'
export { reviveActor, stateDigest, unborn, type Actor, type ActorState, type Open, type Origin } from './actor/actor.ts'
export { beginningOf, canBegin, originOf, type Begun } from './actor/beginning.ts'
export type { JobStart } from './actor/started-jobs.ts'
export { end, start, step, type Beginning, type Step, type StepContext } from './actor/step.ts'
export { canTake } from './actor/can-take.ts'
export { note } from './actor/note.ts'
export { paused } from './actor/pause.ts'
export { autonomyLevels, defaultLevel, isLevel, type AutonomyLevel } from './autonomy/level.ts'
export type { Demotion } from './autonomy/demotion.ts'
export { isNote, type NoteType } from './autonomy/note.ts'
export type { Stop, Terms } from './autonomy/terms.ts'
export { refusing, type Standing } from './actor/standing.ts'
export { argumentsDigest, noticeMs, type EffectRequest } from './actor/consequence.ts'
export type { TimerRequest } from './actor/timing.ts'
export type { Outcome, Refusal } from './actor/outcome.ts'
export type { EffectResult, Stimulus, TimerEvent } from './actor/stimulus.ts'
export { draftRecord, type Circumstances, type Reaction } from './record/draft.ts'

export { duty, standardDuty, type DutyContext, type DutyEvent } from './machine/duty.ts'
export { standardJob, type Call, type JobInput, type ThinkInput, type ThinkOutput, type Turn } from './machine/job.ts'
export { approvalJob, type ApprovalReply } from './machine/approval-job.ts'

export { candidates, colleagueOf, colleagueStream, definitionOf } from './team/team.ts'
export { defaultAtOnce, defaultPriority, priorities, queueLimits } from './team/queue-limits.ts'
export type { Colleague, Need, Playbook, Team, Tool, Work } from './team/team.ts'
export type { OutputOf, Schema, SchemaResult } from './contract/schema.ts'
export { validate, type Validated } from './contract/validate.ts'

export { authoriseEffect } from './policy/authorise-effect.ts'
export type { EffectCircumstances, EffectVerdict } from './policy/inquiry.ts'
export { delegatorOf, principalOf } from './policy/principal.ts'
export { authoriseMessage } from './policy/authorise-message.ts'
export { authoriseWithdrawal } from './policy/authorise-withdrawal.ts'
export { decideApproval, signedText, type ApprovalRequest, type Decider } from './approval/decide.ts'
export { flawOfOrder, orderText, type OrderSignature, type OrderText } from './approval/signed-order.ts'
export { approvalName, approvalOfBudget, grantOfApproval, useOfApproval } from './approval/budget-of.ts'
export { findApprovals, type Act, type FoundApprovals } from './approval/evidence.ts'

export { parseRecord, rebuild, type ParsedRecord } from './replay/rebuild.ts'
export { restep, type Divergence, type Restepped } from './replay/restep.ts'
export { recordedOf, stepAgain, stimulusOf, type Recorded } from './replay/again.ts'
export { follow, isAwaited, resume, type Advanced } from './replay/resume.ts'

export { analyse, type Analysis } from './analysis/analyse.ts'
export { WorstCases, type WorstCase } from './analysis/worst-case.ts'
export { exercisedBy, type Exercised } from './analysis/exercised.ts'
export { lateStepsOf } from './analysis/late-steps.ts'
export type { DeadEnd } from './analysis/dead-ends.ts'
export type { Loop } from './analysis/loops.ts'
export type { Milestone, Property, Proven } from './analysis/property.ts'
export type { Fallback, Step as PlaybookStep } from './analysis/steps.ts'
export { pictureOf, type Picture, type PictureEdge, type PictureState } from './analysis/picture.ts'
