import { join, resolve } from 'node:path'
import { fileStorage } from '../payments/file-storage.ts'
import { openLedger, type Ledger } from '../payments/ledger.ts'
import { AccountChange } from './account-change.ts'
import { openBook, type Book } from './book.ts'
import { BookEntry, isSameCredit } from './book-entry.ts'

/** What the desk's tools change. It lives beside the team's records, in files of its own, as a bank or an accounting system would. */
export interface DeskBooks {
  readonly payments: Ledger
  /** Credits, and what is settled by hand. */
  readonly entries: Book<BookEntry>
  readonly accountChanges: Book<AccountChange>
}

const opened = new Map<string, DeskBooks>()

/** The books in the team's folder: `ROSTER_FOLDER`, or `.roster`. One process holds a folder at a time. */
export function deskBooks(): DeskBooks {
  const folder = resolve(process.env['ROSTER_FOLDER'] ?? '.roster')
  const books = opened.get(folder) ?? openBooks(folder)
  opened.set(folder, books)
  return books
}

function openBooks(folder: string): DeskBooks {
  const file = (name: string) => fileStorage(join(folder, name))
  return {
    payments: openLedger(file('payments.jsonl')),
    entries: openBook(file('bookings.jsonl'), BookEntry, isSameCredit),
    accountChanges: openBook(file('account-changes.jsonl'), AccountChange),
  }
}
