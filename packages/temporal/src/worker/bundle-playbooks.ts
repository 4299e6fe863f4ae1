import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker'

/**
 * Bundles the playbooks of a team for Temporal's sandbox.
 *
 * @param workflowsPath the file whose export `task` is the workflow of tasks: `export const task = playbookWorkflow([…])`
 * @param aliases modules to be taken from elsewhere, by name: what a playbook's file imports only for its types, or for its names
 */
export async function bundlePlaybooks(
  workflowsPath: string,
  aliases: Readonly<Record<string, string>> = {},
): Promise<WorkflowBundleWithSourceMap> {
  return await bundleWorkflowCode({
    workflowsPath,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, alias: { ...config.resolve?.alias, ...aliases } },
    }),
  })
}
