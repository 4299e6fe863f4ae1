import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { fileStorage } from '../../src/payments/file-storage.ts'
import { openLedger } from '../../src/payments/ledger.ts'

const request = {
  supplier: 'SUP-1',
  iban: 'NL91ABNA0417164300',
  amount: '10.00',
  currency: 'EUR',
  document: 'd',
  order: null,
  approver: 'nobody' as const,
  invoiceNumber: 'Ä-1',
  key: 'k-1',
}

it('keeps payments in a folder that it makes, and finds them again', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'payments-'))
  const path = join(folder.path, 'desk', 'payments.jsonl')
  const first = await openLedger(fileStorage(path)).pay(request)
  expect(await openLedger(fileStorage(path)).pay(request)).toEqual(first)
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(2)
})

it('L5: cuts off a last line that was torn inside a character', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'payments-'))
  const path = join(folder.path, 'payments.jsonl')
  await openLedger(fileStorage(path)).pay(request)
  const whole = await readFile(path)
  await appendFile(path, whole.subarray(0, whole.indexOf(0xc3) + 1))
  await openLedger(fileStorage(path)).pay({ ...request, invoiceNumber: 'B-2', key: 'k-2' })
  const lines = (await readFile(path, 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).invoiceNumber)).toEqual(['Ä-1', 'B-2'])
})

it('L1: has every answered payment once after kill -9 at any moment', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'payments-'))
  const path = join(folder.path, 'payments.jsonl')
  const answered = new Set<string>()
  for (const answersBeforeTheKill of [3, 30, 90]) {
    for (const number of await payUntilKilled(path, answersBeforeTheKill)) answered.add(number)
  }
  const paid = (await openLedger(fileStorage(path)).payments()).map((payment) => payment.invoiceNumber)
  expect(new Set(paid).size).toBe(paid.length)
  expect(paid).toEqual(expect.arrayContaining([...answered]))
})

async function payUntilKilled(path: string, answers: number): Promise<string[]> {
  const script = fileURLToPath(new URL('./pay-until-killed.ts', import.meta.url))
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part
    if (output.split('\n').length > answers) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return output.split('\n').slice(0, -1)
}
