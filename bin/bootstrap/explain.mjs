import { PNPM } from './installation.mjs'

const causes = [
  {
    found: /ENOSPC|no space left on device|disk quota exceeded|EDQUOT/i,
    text: 'The disk is full: the installation needs about 1 GB in this folder and in the package cache. Make room and run the same command again.',
  },
  {
    found: /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    text: 'A folder cannot be written: this clone and the package cache in your home folder must be yours. Mend that and run the same command again.',
  },
  {
    found: /ERR_PNPM_OUTDATED_LOCKFILE|lockfile is not up to date/i,
    text: `A package.json was changed without the lock file. Run "npx pnpm@${PNPM} install", and commit pnpm-lock.yaml with it.`,
  },
  {
    found: /ERR_PNPM_IGNORED_BUILDS/,
    text: 'A new dependency wants to run a script when it is installed. Decide about it under allowBuilds in pnpm-workspace.yaml.',
  },
  {
    found:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|UND_ERR|network|dns error|error sending request|connection|timed? ?out/i,
    text: 'The npm registry cannot be reached: the first run downloads the dependencies. Check the network (and a proxy, if there is one) and run the same command again.',
  },
]

/** One sentence that says why the installation failed, as far as its output tells, and what to do. */
export function explainFailure(output, code) {
  // pnpm breaks its lines wherever the terminal ends.
  const text = output.replace(/\s+/g, ' ')
  const cause = causes.find(({ found }) => found.test(text))
  if (cause !== undefined) return cause.text
  return `The installation ended with code ${code}; its own messages are above. Run "npx pnpm@${PNPM} install --frozen-lockfile" here to see them again.`
}
