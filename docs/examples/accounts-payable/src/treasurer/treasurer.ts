import { colleague } from 'roster'
import { BookEntry } from '../books/book-entry.ts'
import { chiefFinancialOfficer } from '../people.ts'
import { book, BookResult } from '../tools/book.ts'
import { pay, PayInput, PayResult } from '../tools/pay.ts'
import { bookJob, payJob } from './settle-jobs.ts'

export const treasurer = colleague('treasurer@1.0.0', {
  owner: chiefFinancialOfficer,
  role: 'treasurer',
  tools: [pay, book],
  accepts: {
    pay: { input: PayInput, output: PayResult, machine: payJob },
    book: { input: BookEntry, output: BookResult, machine: bookJob },
  },
})
