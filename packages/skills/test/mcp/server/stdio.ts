// A server over standard input and output; what its tool is described as stands in the file that it is given.
import { readFileSync } from 'node:fs'

import { serveStdio } from '@modelcontextprotocol/server/stdio'

import { ratesServer } from './rates.ts'

const [described = ''] = process.argv.slice(2)
serveStdio(ratesServer(() => readFileSync(described, 'utf8')))
