import manifest from '../package.json' with { type: 'json' }

const usage = 'Usage: roster [--version] [--help]'

process.stdout.write(`${process.argv.includes('--version') ? manifest.version : usage}\n`)
