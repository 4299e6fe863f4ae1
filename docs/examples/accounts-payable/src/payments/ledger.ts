import { invoiceKey, Payment, PaymentRequest } from './payment.ts'

/** Where the ledger's lines are kept. */
export interface LedgerStorage {
  /** The whole text; empty if there is none yet. */
  read(): Promise<string>
  /** Appends and makes it durable before it resolves. */
  append(text: string): Promise<void>
  /** Keeps the first `characters` characters of what `read` gave. */
  keep(text: string, characters: number): Promise<void>
}

export type PaymentResult =
  | { readonly kind: 'paid'; readonly payment: Payment }
  | { readonly kind: 'already-paid'; readonly payment: Payment }
  | { readonly kind: 'key-reused'; readonly payment: Payment }
  | { readonly kind: 'order-changed' }

export interface Ledger {
  pay(request: PaymentRequest): Promise<PaymentResult>
  payments(): Promise<readonly Payment[]>
}

/**
 * An append-only ledger of payments, one JSON object a line.
 *
 * L1 a payment is answered `paid` only after its line is durable;
 * L2 the same key gets the same payment again, and no second line; with other arguments it is `key-reused`;
 * L3 an invoice of a supplier is paid once: another key is answered `already-paid`;
 * L4 nothing is paid on a comparison with an order that another payment has taken from since: `order-changed`, compare again;
 * L5 a torn last line was never answered, so it is cut off; a damaged line before it stops the ledger;
 * L6 after a failed append nothing is assumed: the next call reads the storage again.
 *
 * One process owns the storage. Calls within it are taken one at a time.
 */
export function openLedger(storage: LedgerStorage): Ledger {
  let known: Payments | undefined
  let last: Promise<unknown> = Promise.resolve()

  const oneAtATime = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }
  const load = async () => (known ??= await recover(storage))
  const pay = async (request: PaymentRequest): Promise<PaymentResult> => {
    const payments = await load()
    const earlier = payments.answer(request)
    if (earlier !== undefined) return earlier
    const payment = { id: `payment-${payments.count + 1}`, ...request }
    known = undefined
    await storage.append(`${JSON.stringify(payment)}\n`)
    payments.add(payment)
    known = payments
    return { kind: 'paid', payment }
  }
  return {
    pay: (request) => oneAtATime(() => pay(PaymentRequest.parse(request))),
    payments: () => oneAtATime(async () => (await load()).all()),
  }
}

/** Those that took from an order. */
export function paymentsOf(order: string, payments: readonly Payment[]): Payment[] {
  return payments.filter((payment) => payment.order?.number === order)
}

class Payments {
  readonly #byKey = new Map<string, Payment>()
  readonly #byInvoice = new Map<string, Payment>()

  get count(): number {
    return this.#byKey.size
  }

  all(): Payment[] {
    return [...this.#byKey.values()]
  }

  add(payment: Payment): void {
    this.#byKey.set(payment.key, payment)
    this.#byInvoice.set(invoiceKey(payment.supplier, payment.invoiceNumber), payment)
  }

  answer(request: PaymentRequest): PaymentResult | undefined {
    const sameKey = this.#byKey.get(request.key)
    if (sameKey !== undefined) return { kind: isSame(sameKey, request) ? 'paid' : 'key-reused', payment: sameKey }
    const sameInvoice = this.#byInvoice.get(invoiceKey(request.supplier, request.invoiceNumber))
    if (sameInvoice !== undefined) return { kind: 'already-paid', payment: sameInvoice }
    return this.#hasChanged(request) ? { kind: 'order-changed' } : undefined
  }

  #hasChanged({ order }: PaymentRequest): boolean {
    return order !== null && paymentsOf(order.number, this.all()).length !== order.paymentsBefore
  }
}

async function recover(storage: LedgerStorage): Promise<Payments> {
  const text = await storage.read()
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) await storage.keep(text, end)
  const payments = new Payments()
  for (const [index, line] of text.slice(0, end).split('\n').slice(0, -1).entries()) {
    payments.add(parseLine(line, index + 1))
  }
  return payments
}

function parseLine(line: string, number: number): Payment {
  try {
    return Payment.parse(JSON.parse(line))
  } catch (cause) {
    const message = `line ${number} of the payments ledger is damaged: nothing is paid until it is restored from a copy`
    throw new Error(message, { cause })
  }
}

function isSame(payment: Payment, request: PaymentRequest): boolean {
  return PaymentRequest.keyof().options.every((name) => JSON.stringify(payment[name]) === JSON.stringify(request[name]))
}
