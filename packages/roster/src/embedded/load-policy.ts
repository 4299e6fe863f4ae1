import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { cedarPolicy, type CedarPolicy, type PolicyFile } from '@roster/cedar'
import { autonomyLevels, RosterError } from '@roster/core'

import type { PolicySource, TeamOf } from '../author/team.ts'

/** Reads and validates a team's policies. */
export async function loadPolicy(team: TeamOf): Promise<CedarPolicy> {
  return cedarPolicy({ team: shapeOf(team), policies: await readPolicies(team.policies) })
}

async function readPolicies(source: PolicySource): Promise<readonly PolicyFile[]> {
  if (typeof source !== 'string' && !(source instanceof URL))
    return Object.entries(source).map(([file, text]) => ({ file, text }))
  const folder = source instanceof URL ? fileURLToPath(source) : resolve(source)
  try {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.cedar')).toSorted()
    return await Promise.all(files.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })))
  } catch (cause) {
    throw new RosterError('policy-invalid', `the policies in ${folder} cannot be read`, {
      path: folder,
      hint: 'Give team() a folder with .cedar files; new URL("./policies", import.meta.url) is one beside the team.',
      cause,
    })
  }
}

function shapeOf(team: TeamOf): Parameters<typeof cedarPolicy>[0]['team'] {
  const colleagues = Object.values(team.colleagues)
  const kinds = [
    'task',
    'decision',
    'cancel',
    'think',
    'use',
    'approval',
    ...autonomyLevels,
    'raised',
    'withdraw',
    'consent',
    'signed',
    'drilled',
    'pause',
    'resume',
    'stop',
    'send',
    'publish',
    ...Object.keys(team.playbooks),
  ]
  return {
    name: team.name,
    colleagues: colleagues.map(({ kind, name, role }) => ({ kind, name, role })),
    tools: Object.keys(team.tools),
    playbooks: Object.keys(team.playbooks),
    models: [
      ...new Set(colleagues.flatMap(({ model, fallbacks = [] }) => (model === null ? [] : [model, ...fallbacks]))),
    ],
    kinds: [...new Set([...kinds, ...colleagues.flatMap(({ accepts }) => Object.keys(accepts))])],
  }
}
