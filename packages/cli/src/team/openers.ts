import type {
  Check,
  Desk,
  DocumentReference,
  Exported,
  Operations,
  Readiness,
  ReadinessOptions,
  Verification,
  WaitingConsents,
} from 'roster/client'

import { loadTeam } from './load-team.ts'
import type { TeamModule } from './team-module.ts'

/** A team that this process hosts. */
export type Hosted = Operations & AsyncDisposable & { idle(): Promise<void> }

/** How a command comes to the operations of a team; a test gives its own. */
export interface Openers {
  /** The operations of the process that holds the folder; undefined where there is none. */
  connect(folder: string): Promise<(Operations & AsyncDisposable) | undefined>
  open(team: TeamModule['team'], options: { readonly folder: string; readonly by?: string }): Promise<Hosted>
  /** Loads a team file; `folder` is where the team's state is. */
  load(file: string, folder: string): Promise<TeamModule>
  verifyExport(document: Exported): Promise<Verification>
  /** Keeps a document, unless it is too large to be more than refused. */
  keepDocument(
    operations: Operations,
    document: { readonly name: string; readonly base64: string },
  ): Promise<DocumentReference>
  /** Checks a team without putting it to work; histories are stepped again. */
  check(team: TeamModule['team'], histories: readonly Exported[]): Promise<Check>
  /** What a security reviewer would ask of a team, answered. */
  ready(team: TeamModule['team'], options: ReadinessOptions): Promise<Readiness>
  /** What changed in a team since it was loaded last, and whose consent is missing. */
  consents(team: TeamModule['team'], history: Exported | undefined): Promise<WaitingConsents>
  /** The records of a team for what people decide about loading it, where no process holds the folder. */
  desk(team: TeamModule['team'], folder: string): Promise<Desk>
  /** What is on record in a folder that no process holds. */
  history(team: TeamModule['team'], folder: string): Promise<Exported | undefined>
}

/** The real ones. The framework is loaded when it is needed: `--help` needs none of it. */
export const openers: Openers = {
  async connect(folder) {
    const { connectOperations } = await import('roster/client')
    return connectOperations(folder)
  },
  async open(team, options) {
    const { openTeam } = await import('roster/client')
    return openTeam(team as Parameters<typeof openTeam>[0], options)
  },
  load: loadTeam,
  async verifyExport(document) {
    const { verifyExport } = await import('roster/client')
    return verifyExport(document)
  },
  async keepDocument(operations, document) {
    const { keepDocument } = await import('roster/client')
    return keepDocument(operations, document)
  },
  async check(team, histories) {
    const { checkTeam } = await import('roster/client')
    return checkTeam(team as Parameters<typeof checkTeam>[0], histories)
  },
  async ready(team, options) {
    const { readiness } = await import('roster/client')
    return readiness(team as Parameters<typeof readiness>[0], options)
  },
  async consents(team, history) {
    const { consentsOf } = await import('roster/client')
    return consentsOf(team as Parameters<typeof consentsOf>[0], history)
  },
  async desk(team, folder) {
    const { openDesk } = await import('roster/client')
    return openDesk(team as Parameters<typeof openDesk>[0], { folder })
  },
  async history(team, folder) {
    const { readHistory } = await import('roster/client')
    return readHistory(team as Parameters<typeof readHistory>[0], { folder })
  },
}
