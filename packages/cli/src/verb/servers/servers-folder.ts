import { join } from 'node:path'

import { folderOf, type Call } from '../../command/call.ts'

/** Where the servers of a clone keep what is theirs: beside the state of its team. */
export function serversFolder({ world, options }: Pick<Call, 'world' | 'options'>): string {
  return join(folderOf(world, options), 'servers')
}
