import { fdatasyncSync, fsyncSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Init = NodeFS['init']
/** An open file as Emscripten has it: `nfd` is Node's descriptor. */
interface Stream {
  readonly nfd?: number
  readonly node: { readonly mode: number }
}

const regularFile = 0o100000
const typeOfFile = 0o170000

/**
 * PGlite's folder with a working `fsync`. Emscripten's NODEFS has none, so PostgreSQL's calls end in nothing, and PGlite therefore runs
 * with `-F`; where the operation exists, `fsync` works as PostgreSQL means it. (`fdatasync` and O_DSYNC cannot be reached in this way, so
 * {@link durableSettings} has `wal_sync_method=fsync`. Of a file, the data and its length are what counts: that is fdatasync.)
 */
export class SyncedNodeFS extends NodeFS {
  override async init(...[pg, options]: Parameters<Init>): ReturnType<Init> {
    const { emscriptenOpts } = await super.init(pg, options)
    const install = (module: { readonly FS: { readonly filesystems: { readonly NODEFS: unknown } } }): void => {
      const { stream_ops: operations } = module.FS.filesystems.NODEFS as {
        readonly stream_ops: { fsync?: (stream: Stream) => number }
      }
      operations.fsync = sync
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), install] } }
  }
}

/** Server parameters that make PGlite wait for the disk. */
export const durableSettings = ['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'] as const

function sync({ nfd, node }: Stream): number {
  if (nfd === undefined) return 0
  if ((node.mode & typeOfFile) === regularFile) fdatasyncSync(nfd)
  else fsyncSync(nfd)
  return 0
}
