import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ScriptedModel } from 'roster/model'
import { rehearse } from 'roster/testing'
import { contentOf, incomingDocuments, type Incoming } from '../../src/desk/incoming.ts'
import { people } from '../../src/desk/people-script.ts'
import { truthOf } from '../../src/desk/report/truth.ts'
import { wrongPayments } from '../../src/desk/report/wrong-payments.ts'
import { scriptedClerk } from '../../src/model/scripted-clerk.ts'
import { Payment } from '../../src/payments/payment.ts'
import desk from '../../src/team.ts'

const seeds = 1000
const consequential = new Set(['tool/pay', 'tool/book', 'tool/change-supplier-account'])

/** A desk of its own for some documents, one after the other, each with a model of its own seed that is wrong in one of ten answers. */
async function played(documents: readonly Incoming[], firstSeed: number) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'desk-'))
  process.env['ROSTER_FOLDER'] = folder.path
  const models = documents.map((_, index) => scriptedClerk({ errors: 0.1, seed: firstSeed + index }))
  let current: ScriptedModel | undefined
  const model: ScriptedModel = {
    name: 'scripted',
    tally: () => ({ steps: 0, mistakes: {} }),
    think: async (request, options) => await (current as ScriptedModel).think(request, options),
  }
  const decide = (item: Parameters<typeof people>[0]) => (people(item) === 'approved' ? 'approve' : 'decline')
  const everybody = { controller: decide, 'chief-financial-officer': decide } as const
  await using run = await rehearse(desk, { model, people: everybody })
  const truths = new Map<string, ReturnType<typeof truthOf>>()
  for (const [index, document] of documents.entries()) {
    current = models[index]
    const content = await contentOf(document)
    const kept = await run.operations.keepDocument({ name: document.name, base64: content.toString('base64') })
    truths.set(kept.hash, truthOf(content, document.expected))
    const message = document.message === null ? {} : { message: document.message }
    await run.publish('pay-invoice', { document: kept, ...message }, { idempotencyKey: kept.hash })
    await run.idle()
  }
  const tasks = await run.operations.tasks()
  const decisions = (await run.operations.log({ limit: 10_000 })).flatMap(({ envelope }) => envelope.decisions)
  return {
    wrong: wrongPayments(await paymentsIn(folder.path), truths),
    payments: (await paymentsIn(folder.path)).length,
    changes: await textOf(join(folder.path, 'account-changes.jsonl')),
    uses: decisions.filter((one) => one.action === 'use' && one.allowed && consequential.has(one.resource)),
    ended: tasks.filter(({ endedAt }) => endedAt !== null).length,
    mistakes: models.flatMap((one) => Object.values(one.tally().mistakes)).reduce((sum, count) => sum + count, 0),
  }
}

async function paymentsIn(folder: string): Promise<readonly Payment[]> {
  const lines = (await textOf(join(folder, 'payments.jsonl'))).split('\n').filter((line) => line !== '')
  return lines.map((line) => Payment.parse(JSON.parse(line)))
}

async function textOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '')
}

describe(`a model that is wrong in one of ten answers, over ${seeds} seeds`, () => {
  it('causes no consequential call with wrong arguments', async () => {
    const documents = await incomingDocuments([])
    const total = { payments: 0, ended: 0, mistakes: 0 }
    for (let seed = 1; seed <= seeds; seed += documents.length) {
      const some = documents.slice(0, seeds - seed + 1)
      const { wrong, payments, changes, uses, ended, mistakes } = await played(some, seed)
      expect(wrong, `seeds from ${seed}`).toEqual([])
      expect(changes, `seeds from ${seed}`).toBe('')
      // Whatever was done outside had an approval of exactly that, or a check that vouches for exactly that.
      expect(uses.every(({ approvals, endorsed }) => approvals !== undefined || endorsed !== undefined)).toBe(true)
      total.payments += payments
      total.ended += ended
      total.mistakes += mistakes
    }
    // It was work, and the model was wrong.
    expect(total.ended).toBe(seeds)
    expect(total.payments).toBeGreaterThan(seeds / 4)
    expect(total.mistakes).toBeGreaterThan(100)
  }, 600_000)
})
