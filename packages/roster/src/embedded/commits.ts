import { mkdir, open, readdir, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

import type { SignedCommit } from '../verify/signed-commit.ts'

/** Where signatures over commits are kept: outside the database, so that whoever changes it cannot change them too. */
export interface CommitLog {
  all(): Promise<readonly SignedCommit[]>
  add(commit: SignedCommit): Promise<void>
  close(): Promise<void>
}

/** Where signatures over commits are, in a team's folder of state. */
export function commitsFolder(folder: string): string {
  return join(folder, 'commits')
}

/** Signatures in files of a folder, one a host, one commit a line. Any host reads those of all. */
export function fileCommits(folder: string, host: string): CommitLog {
  const file = join(folder, `${encodeURIComponent(host)}.jsonl`)
  let opening: Promise<FileHandle> | undefined
  const opened = async (): Promise<FileHandle> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await open(file, 'a', 0o600)
    // What a crash cut off ends here: a line that began in the middle of it would be lost with it.
    if ((await handle.stat()).size > 0) await handle.appendFile('\n')
    return handle
  }
  return {
    all: () => readCommits(folder),
    async add(commit) {
      opening ??= opened()
      await (await opening).appendFile(`${JSON.stringify(commit)}\n`)
    },
    async close() {
      await (await opening)?.close()
      opening = undefined
    },
  }
}

/** All signatures over commits in a folder; none where there is no such folder. */
export async function readCommits(folder: string): Promise<readonly SignedCommit[]> {
  const names = await readdir(folder).catch(() => [])
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('.jsonl')).map((name) => readFile(join(folder, name), 'utf8')),
  )
  return texts.flatMap((text) => text.split('\n').flatMap(parsed))
}

/** A line that was being written when the process died says nothing. */
function parsed(line: string): readonly SignedCommit[] {
  if (line === '') return []
  try {
    return [JSON.parse(line) as SignedCommit]
  } catch {
    return []
  }
}

/** Signatures that live as long as the process, for rehearsals. */
export function memoryCommits(): CommitLog {
  const kept: SignedCommit[] = []
  return {
    all: () => Promise.resolve([...kept]),
    add(commit) {
      kept.push(commit)
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
}
