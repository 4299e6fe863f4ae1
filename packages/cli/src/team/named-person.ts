import { personOf, type Call } from '../command/call.ts'
import { usageError } from '../failure/command-error.ts'

/** In whose name: whoever answers for something is named. @throws CommandError `usage` */
export function namedPerson({ world, options }: Call): string {
  const person = personOf(world, options)
  if (person !== undefined) return person
  throw usageError(
    'it is not said in whose name',
    '--as',
    'Give --as <person>: what is decided is signed with their key.',
  )
}
