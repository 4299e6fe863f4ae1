import { readFileSync } from 'node:fs'

/** The build that runs, for the record: this package's version and Node's. */
export function build(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return `roster/${version} node/${process.versions.node}`
}
