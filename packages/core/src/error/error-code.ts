/** Every code that a {@link RosterError} or a failed reply can have, with what it means. `docs/reference/errors.md` is made from it. */
export const errorCodes = {
  // Answers to an ask
  refused: 'The recipient cannot take this message: no state names it, or its input does not fit the contract.',
  denied: 'A policy, a missing approval or a stopped colleague forbids it.',
  'mailbox-full': 'The recipient has more than its limit of pending messages.',
  expired: 'The message was not taken before its expiry.',
  'dead-letter': 'The message failed five times and was set aside.',
  stopped: 'The recipient was stopped or left before it could answer.',
  revoked: "The recipient's credentials were revoked.",
  failed: 'The work failed with an error that its machine does not handle.',
  cancelled: 'The asker or a person withdrew the work.',
  'over-limit': 'A limit or budget is reached.',
  'approval-required': 'This act needs a valid approval of its exact arguments.',
  'approval-used': 'The approval of these arguments was used before: it counts for one act.',
  'check-failed': 'An answer did not pass the deterministic check that the playbook names for it.',
  'loop-detected': 'A job asks for the same use of a tool, with the same arguments, more often than its limit.',
  'outcome-unknown': 'A call that cannot be repeated was started and its outcome was not seen; a person must look.',
  // Input
  'not-json': 'A value cannot be carried as JSON.',
  'input-invalid': 'The input does not fit the schema of its contract.',
  'output-invalid': 'The output does not fit the schema of its contract.',
  'unknown-task-kind': 'No playbook of this name is in the team.',
  'unknown-colleague': 'No colleague of this name is in the team.',
  'unknown-tool': 'No tool of this name is in the team.',
  'unknown-task': 'No task of this id is in the store.',
  'unknown-schedule': 'No schedule of this name is there.',
  'unknown-record': 'No record of this id is in the store.',
  'message-too-large': 'A message is larger than 64 KiB.',
  'context-too-large': 'The context of a playbook is larger than 32 KiB.',
  // Definitions
  'not-durable': 'A machine uses something that cannot be made durable.',
  'definition-invalid': 'A definition is incomplete or contradicts itself.',
  'definition-changed': 'The same name and version was loaded before with another digest.',
  'consent-missing': 'Something that several owners depend on changed, and not each of them has agreed to the change.',
  'ready-unsigned': 'Nobody has signed for the team as it is to be loaded.',
  'policy-invalid': 'A policy file does not parse or does not fit the team.',
  impure: 'A function of a machine gives different results for the same input.',
  'analysis-too-large': 'A machine has more courses than can be followed.',
  'state-unreachable': 'Nothing leads to a state.',
  'dead-end': 'An actor can come into a situation from which no end can be reached.',
  'loop-unbounded': 'Nothing bounds how often an actor goes round.',
  'fallback-missing': 'A step does not say what happens when it cannot be done.',
  'property-broken': 'A way leads to what a property of the team forbids.',
  'lock-stale': 'What the team can do is not what its roster.lock says.',
  // Store
  'store-locked': 'Another process holds this folder.',
  'store-unavailable': 'The event store cannot be reached or written.',
  'disk-full': 'The disk is full; nothing was lost, and nothing more can be recorded.',
  'chain-broken': 'The records do not hash to what the chain says: something was changed behind its back.',
  diverged: 'Stepping the history again gives another state than the one recorded.',
  // Coordination
  'coordinator-unavailable':
    'The coordinator of tasks cannot be reached; what was accepted is stored, and goes on when it is back.',
  'coordinator-unprepared':
    'The Temporal server lacks the search attributes by which tasks are found, and does not let them be added.',
  declined: 'A person decided against it.',
  'policy-doubtful': 'A policy is valid and probably not what was meant: a warning of `roster check`.',
  // Bus
  'bus-unavailable': 'The bus cannot be reached, or does not take a message now; it is sent again.',
  // Effects
  'model-failed': 'The model did not give an answer that fits its schema within its attempts.',
  'model-refused': 'The model refused to answer.',
  'tool-failed': 'A tool failed.',
  timeout: 'It took longer than its limit.',
  // Servers
  'server-missing': 'A server is needed that is neither on this machine nor can be obtained.',
  'server-failed': 'A server did not start, or ended by itself.',
  'server-not-ours': 'A server was found running, and is not stopped or changed by whoever only uses it.',
  // Places
  'program-failed': 'Untrusted code failed by itself: it threw, is no module, or exports no function.',
  'memory-exceeded': 'Untrusted code asked for more memory than its limit.',
  'size-exceeded': 'A program, its input or what it answers is larger or deeper than its limit.',
  'place-unavailable': 'The place in which this code must run cannot be had here.',
  'secret-missing': 'A secret that a tool needs is not given to this colleague, or its source is empty.',
  'contract-drift': 'A tool of an MCP server is no longer the one that was pinned.',
  'address-refused': 'A server is at an address that may not be called, or sends its caller to one.',
  'audience-refused': 'A token was not issued for the server that it would be sent to.',
  // Identity on the bus
  'identity-missing': 'The keys that are needed for this are not here.',
  'identity-invalid': 'A key or the description of the keys is not what it should be.',
  'credential-refused':
    'The bus refuses a credential: it is expired, revoked, or signed by a key that the bus does not know.',
  usage: 'The command or option does not exist or lacks something.',
  internal: 'A defect of Roster itself.',
} as const satisfies Record<string, string>

export type ErrorCode = keyof typeof errorCodes
