import { fileURLToPath } from 'node:url'

import { bundlePlaybooks } from '@roster/temporal'

/** All workflows that are measured, in one bundle. */
export async function bundle(): ReturnType<typeof bundlePlaybooks> {
  return await bundlePlaybooks(fileURLToPath(new URL('workflows.ts', import.meta.url)))
}
