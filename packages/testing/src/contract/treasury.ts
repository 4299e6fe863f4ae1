import {
  amounts,
  type Amounts,
  type AppendResult,
  type Budget,
  type BudgetChange,
  type SealedRecord,
} from '@roster/core'
import type { OpenStore } from './opened-store.ts'
import { Scene } from './scene.ts'

/** A scene with a granted budget `task`, and a stream whose only use is to change budgets. */
export class Treasury implements AsyncDisposable {
  readonly scene: Scene
  #last: SealedRecord | undefined

  private constructor(scene: Scene) {
    this.scene = scene
  }

  static async open(open: OpenStore, granted: Partial<Amounts>): Promise<Treasury> {
    const treasury = new Treasury(await Scene.open(open))
    await treasury.change(grant('task', null, granted))
    return treasury
  }

  /** Makes changes with one record; answers `appended`, or the refusal. */
  async change(...budget: readonly BudgetChange[]): Promise<'appended' | AppendResult | undefined> {
    const request = this.scene.request({ stream: 'acme/agent/treasurer', after: this.#last, budget })
    const [result] = await this.scene.append(request)
    if (result?.kind !== 'appended') return result
    this.#last = request.record
    return result.kind
  }

  budget(id = 'task'): Promise<Budget | undefined> {
    return this.scene.store.budget(id)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.scene[Symbol.asyncDispose]()
  }
}

export function grant(budget: string, parent: string | null, part: Partial<Amounts>): BudgetChange {
  return { kind: 'grant', budget, parent, amounts: amounts(part) }
}

export function hold(id: string, part: Partial<Amounts>, budget = 'task'): BudgetChange {
  return { kind: 'hold', budget, hold: id, amounts: amounts(part) }
}

export function settle(id: string, part: Partial<Amounts>, budget = 'task'): BudgetChange {
  return { kind: 'settle', budget, hold: id, amounts: amounts(part) }
}

export function raise(part: Partial<Amounts>, budget = 'task'): BudgetChange {
  return { kind: 'raise', budget, amounts: amounts(part) }
}

export function close(budget: string): BudgetChange {
  return { kind: 'close', budget }
}
