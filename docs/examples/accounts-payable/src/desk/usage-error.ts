/** The command line says something that cannot be done. */
export class UsageError extends Error {
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.name = 'UsageError'
    this.hint = hint
  }
}

export const help = `Puts the accounts-payable desk to work on the documents that ship with it, and on those that you name.

  npm start
  npm start -- --yes
  npm start -- --yes --model-errors 0.1 --seed 7
  npm start -- my-invoice.xml
  npm start --silent -- --yes --json

  -y, --yes               play the people by a script (so it is without a terminal)
  --json                  one JSON object a line; the last one is the summary
  --folder <folder>       where the state is kept (.roster)
  --fresh                 begin anew, in a new folder beside the old one
  --model-errors <share>  how often the scripted model is wrong, from 0 to 1 (0)
  --seed <number>         which mistakes it makes (1)
  -h, --help              this text

Ends with 0 if every task ended as it should, 1 if not, 2 for a command line that makes no sense.
`
