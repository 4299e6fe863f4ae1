import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outcomeWord } from '../../src/desk/work.ts'
import { shippedPath } from '../../src/documents/shipped.ts'
import { deskBooks } from '../../src/books/desk-books.ts'
import { given, rehearsedDesk } from './rehearsed-desk.ts'

const withinLimits = shippedPath('01-within-limits.xml')
const needsController = shippedPath('03-controller-approves.xml')
const temporaryFolder = () => mkdtempDisposable(join(tmpdir(), 'desk-'))

describe('the treasurer', () => {
  it('pays nothing while stopped, and what waits once resumed', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path)
    await run.operations.stop({ who: 'treasurer', by: 'controller', because: 'a wrong payment' })
    await given(run, [withinLimits, needsController])
    expect(await deskBooks().payments.payments()).toEqual([])
    expect((await run.operations.tasks()).map(({ status }) => status)).toEqual(['running', 'running'])
    await run.operations.resume({ who: 'treasurer', by: 'controller' })
    await run.idle()
    expect((await run.operations.tasks()).map(outcomeWord)).toEqual(['paid', 'paid'])
    expect(await run.operations.verify()).toMatchObject({ verified: true })
  })

  it('may be stopped by those whom a policy lets, and by nobody else', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path)
    const order = { who: 'treasurer', because: 'I would like to' }
    await expect(run.operations.stop({ ...order, by: 'supplier' })).rejects.toMatchObject({ code: 'denied' })
    await expect(run.operations.stop({ ...order, by: 'clerk' })).rejects.toMatchObject({ code: 'denied' })
  })

  it('needs a person for each payment once it only proposes, whatever the comparison vouches for', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path)
    const order = { who: 'treasurer', by: 'chief-financial-officer', because: 'two mistakes in a week' }
    await run.operations.promote({ ...order, level: 'propose' })
    await given(run, [withinLimits])
    const [task] = await run.operations.tasks()
    expect(task).toMatchObject({ status: 'failed', error: { code: 'approval-required' } })
    expect(task?.error?.message).toContain('treasurer only proposes')
    expect(await deskBooks().payments.payments()).toEqual([])
  })
})

describe('an approval', () => {
  it('that an act was stored with cannot be withdrawn any more, also while the act waits', async () => {
    await using folder = await temporaryFolder()
    await using run = await rehearsedDesk(folder.path, undefined, 'wait')
    // The treasurer is held back, so that there is time between the approval and its use.
    await run.operations.stop({ who: 'treasurer', by: 'controller', because: 'to look once more' })
    await given(run, [needsController])
    const [item] = await run.operations.inbox('controller')
    const decision = { item: item?.item ?? '', person: 'controller', decision: 'approved' as const, reason: 'agreed' }
    const { approval } = await run.operations.decide(decision)
    await run.idle()
    // The payment was stored with the approval when it was asked for: what is used cannot be withdrawn any more.
    await expect(run.operations.withdraw({ approval, by: 'controller' })).rejects.toMatchObject({
      code: 'approval-used',
    })
    await run.operations.resume({ who: 'treasurer', by: 'controller' })
    await run.idle()
    expect(await deskBooks().payments.payments()).toHaveLength(1)
  })
})
