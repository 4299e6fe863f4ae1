import { serveStdio } from '@modelcontextprotocol/server/stdio'

import { ratesServer } from './rates-server.ts'

serveStdio(ratesServer)
