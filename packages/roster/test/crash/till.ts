import { appendFileSync, existsSync, readFileSync } from 'node:fs'

import { z } from 'zod'

import { ask, approve, colleague, person, playbook, team, tool, use } from '../../src/index.ts'
import { setup, assign } from 'xstate'

import type { ApprovalReply } from '@roster/core'

const Order = z.object({ order: z.string(), amount: z.string() })
const Receipt = z.object({ receipt: z.string() })

/** A team that pays once: the smallest one with an effect outside, an approval and a business key. `die` is called at named points of the tool. */
export function till(ledger: string, die: (point: string) => void) {
  const owner = person('owner', { role: 'owner' })
  const pay = tool('pay@1.0.0', {
    owner,
    input: Order,
    output: Receipt,
    consequential: true,
    idempotent: true,
    integrity: 'trusted',
    gate: ({ amount }) => (Number(amount) > 100 ? { role: 'owner', because: 'it is above 100' } : null),
    run: ({ order }, { idempotencyKey }) => {
      die('before-effect')
      const lines = existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n') : []
      if (!lines.includes(`${idempotencyKey} ${order}`)) appendFileSync(ledger, `${idempotencyKey} ${order}\n`)
      die('after-effect')
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
  const cashier = colleague('cashier@1.0.0', {
    owner,
    role: 'cashier',
    tools: [pay],
    accepts: { pay: { input: Order, output: Receipt, machine: paying } },
  })
  const buying = setup({
    types: {
      context: {} as { order: z.infer<typeof Order>; receipt: string },
      input: {} as { input: z.infer<typeof Order> },
    },
    actors: { approve: approve(owner, pay), pay: ask(cashier, 'pay') },
    guards: { approved: (_, { decision }: Pick<ApprovalReply, 'decision'>) => decision === 'approved' },
  }).createMachine({
    context: ({ input }) => ({ order: input.input, receipt: '' }),
    initial: 'asking',
    output: ({ context }) => ({ receipt: context.receipt }),
    states: {
      asking: {
        invoke: {
          id: 'approve',
          src: 'approve',
          input: ({ context }) => ({ arguments: context.order, question: 'Pay this?' }),
          onDone: { guard: { type: 'approved', params: ({ event }) => event.output }, target: 'paying' },
        },
      },
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
  const buy = playbook(
    'buy@1.0.0',
    {
      owner,
      input: Order,
      output: Receipt,
      about: ({ order }: { order: z.infer<typeof Order> }) => [`order/${order.order}`],
    },
    buying,
  )
  const policies = {
    'till.cedar': `
@id("clients may buy")
permit (principal is Client, action == Action::"publish", resource == Playbook::"buy");
@id("a playbook may ask colleagues")
permit (principal is Task, action == Action::"send", resource is Colleague);
@id("the cashier pays what the owner approved")
permit (principal == Agent::"cashier", action == Action::"use", resource == Tool::"pay") when { context.approved };
@id("the owner decides")
permit (principal == Person::"owner", action == Action::"decide", resource is Approval);`,
  }
  return team('till', { colleagues: [cashier, owner], playbooks: [buy], policies })
}
