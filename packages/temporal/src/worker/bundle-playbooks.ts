import { builtinModules, createRequire } from 'node:module'
import { dirname } from 'node:path'

import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker'

/** Node's modules, but for those of which Temporal's own code is given a part. */
const builtins = new Set(
  builtinModules.flatMap((name) =>
    ['assert', 'url', 'util'].includes(name) ? [`node:${name}`] : [name, `node:${name}`],
  ),
)

/** Temporal's library is found from here, wherever the playbooks are. */
const library = dirname(createRequire(import.meta.url).resolve('@temporalio/workflow/package.json'))

/** What stands for a module of Node's in the sandbox. `util` is asked for the encoders that a sandbox has by itself. */
function standInFor(request: string): string {
  return request.endsWith('util') ? 'var globalThis' : 'var {}'
}

/**
 * Bundles the playbooks of a team for Temporal's sandbox. What a playbook's file imports for its names only (a colleague, and with it the
 * colleague's tools) is in the bundle and never called; Node's own modules are empty there.
 *
 * @param workflowsPath the file whose export `task` is the workflow of tasks: `export const task = playbookWorkflow([…])`
 * @param aliases modules that are taken from elsewhere, by name or absolute path; `false`: an empty module
 */
export async function bundlePlaybooks(
  workflowsPath: string,
  aliases: Readonly<Record<string, string | false>> = {},
): Promise<WorkflowBundleWithSourceMap> {
  return await bundleWorkflowCode({
    workflowsPath,
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({
      ...config,
      // Addresses of files beside a module (a worker's, a page's) stay what they are: no playbook opens them.
      module: { ...config.module, parser: { javascript: { url: false, worker: false } } },
      externals: ({ request = '' }: { readonly request?: string }) =>
        Promise.resolve(builtins.has(request) ? standInFor(request) : undefined),
      resolve: {
        ...config.resolve,
        alias: Object.assign({}, config.resolve?.alias, { '@temporalio/workflow': library }, aliases),
      },
    }),
  })
}
