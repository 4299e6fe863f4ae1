import { fileStorage } from '../../src/payments/file-storage.ts'
import { openLedger } from '../../src/payments/ledger.ts'

// Started by file-storage.test.ts as a process of its own, which is killed while it pays. It prints each payment that was answered.
const ledger = openLedger(fileStorage(process.argv[2] ?? ''))
for (let number = 1; ; number += 1) {
  const invoiceNumber = `INV-${number}`
  const request = {
    supplier: 'SUP-1',
    iban: 'NL91ABNA0417164300',
    amount: '10.00',
    currency: 'EUR',
    document: 'd',
    order: null,
    approver: 'nobody' as const,
    invoiceNumber,
    key: invoiceNumber,
  }
  const result = await ledger.pay(request)
  if (result.kind === 'paid') process.stdout.write(`${result.payment.invoiceNumber}\n`)
}
