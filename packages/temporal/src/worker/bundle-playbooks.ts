import { builtinModules } from 'node:module'

import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker'

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
    logger: new DefaultLogger('WARN'),
    ignoreModules: builtinModules.flatMap((name) => [name, `node:${name}`]).filter((name) => !provided.has(name)),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...aliases } },
    }),
  })
}

/** Modules that the sandbox has. */
const provided = new Set(['assert', 'url', 'util', 'node:assert', 'node:url', 'node:util'])
