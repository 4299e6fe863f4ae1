import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { assign, setup } from 'xstate'
import { z } from 'zod'

import { colleague, person, playbook, team, tool, use, type TeamOf } from '../../src/index.ts'

const Order = z.object({ order: z.string() })
const Receipt = z.object({ receipt: z.string() })

/** How long a payment takes, in milliseconds. */
const payMs = 100

/** Cashiers of the shop; the playbook that asks one is called `buy-<name>`. */
export const cashiers = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay'] as const

/** What a cashier is asked for at once, by the playbook `stock-<name>`. */
export const shelves = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** Where the shop writes what it paid. */
export function ledgerOf(folder: string): string {
  return join(folder, 'ledger')
}

/** Keys under which each order was paid: one key an order, however often the call was made under it. */
export function paid(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const orders = new Map<string, Set<string>>()
  const text = existsSync(ledgerOf(folder)) ? readFileSync(ledgerOf(folder), 'utf8') : ''
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [key = '', order = ''] = line.split(' ')
    orders.set(order, (orders.get(order) ?? new Set()).add(key))
  }
  return orders
}

/**
 * A team of several cashiers who pay without asking anybody: for hosts that share the work. A payment that is `stuck` never ends.
 */
export function shop(folder: string, { stuck }: { readonly stuck?: (order: string) => boolean } = {}): TeamOf {
  const owner = person('owner', { role: 'owner' })
  const pay = tool('pay@1.0.0', {
    owner,
    input: Order,
    output: Receipt,
    consequential: false,
    idempotent: true,
    integrity: 'trusted',
    run: async ({ order }, { idempotencyKey, signal }) => {
      if (stuck?.(order) === true) {
        await once(signal, 'abort')
        signal.throwIfAborted()
      }
      // Long enough for several to be under way at once, whenever something goes wrong.
      await delay(payMs)
      appendFileSync(ledgerOf(folder), `${idempotencyKey} ${order}\n`)
      return { receipt: idempotencyKey }
    },
  })
  const paying = setup({
    types: {
      context: {} as { order: z.infer<typeof Order>; receipt: string },
      input: {} as { input: z.infer<typeof Order> },
    },
    actors: { pay: use(pay) },
  }).createMachine({
    context: ({ input }) => ({ order: input.input, receipt: '' }),
    initial: 'paying',
    output: ({ context }) => ({ receipt: context.receipt }),
    states: {
      paying: {
        invoke: {
          id: 'pay',
          src: 'pay',
          input: ({ context }) => context.order,
          onDone: { target: 'paid', actions: assign({ receipt: ({ event }) => event.output.receipt }) },
        },
      },
      paid: { type: 'final' },
    },
  })
  const work = { input: Order, output: Receipt, machine: paying }
  const staff = cashiers.map((name) =>
    colleague(`${name}@1.0.0`, { owner, role: name, tools: [pay], accepts: { pay: work } }),
  )
  const playbooks = staff.map((one) =>
    playbook(`buy-${one.name}@1.0.0`, { owner, input: Order, output: Receipt }, (steps) => steps.ask(one, 'pay')),
  )
  // Six messages of one sender to one recipient: whether they are taken in their order can be seen.
  const stocking = staff.map((one) =>
    playbook(`stock-${one.name}@1.0.0`, { owner, input: Order, output: z.looseObject({}) }, (steps) =>
      steps.parallel(Object.fromEntries(shelves.map((shelf) => [shelf, (each: typeof steps) => each.ask(one, 'pay')]))),
    ),
  )
  const policies = { 'all.cedar': '@id("everybody may do everything")\npermit (principal, action, resource);' }
  return team('shop', { colleagues: [...staff, owner], playbooks: [...playbooks, ...stocking], policies })
}
