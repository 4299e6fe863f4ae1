import { dirname, join } from 'node:path/posix'
import { placeOf, type Place } from './package-of.ts'

/** Which packages the source of a package may import: the directions of the architecture. Adapters never import each other. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  runtime: ['core'],
  postgres: ['core'],
  cedar: ['core'],
  nats: ['core'],
  temporal: ['core'],
  skills: ['core'],
  servers: ['core'],
  graph: ['core'],
  testing: ['core', 'runtime', 'servers'],
  roster: ['core', 'runtime', 'postgres', 'cedar', 'nats', 'temporal', 'skills', 'testing'],
  cli: ['roster', 'servers', 'graph'],
  // Measures what runs, with the real adapters. Nothing imports it.
  bench: ['core', 'runtime', 'postgres', 'cedar', 'nats', 'temporal', 'testing'],
  service: ['roster'],
  example: ['roster'],
}

/** The folder name of the package that a specifier names, and what is asked of it. */
function workspaceImport(specifier: string): { readonly name: string; readonly rest: string } | undefined {
  const match = /^(?:@roster\/([^/]+)|(roster))(?:\/(.*))?$/.exec(specifier)
  return match === null ? undefined : { name: match[1] ?? match[2] ?? '', rest: match[3] ?? '' }
}

function relativeProblem(place: Place, path: string, specifier: string): string | undefined {
  const at = path.lastIndexOf(`${place.folder}/`)
  const target = join(dirname(path.slice(at)), specifier)
  if (target.startsWith(`${place.folder}/`)) return undefined
  return `This leaves the package by a path. Import the other package by its name, from what it exports.`
}

function workspaceProblem(place: Place, specifier: string): string | undefined {
  const named = workspaceImport(specifier)
  if (named === undefined) return undefined
  if (/^(src|dist|internal)(\/|$)/.test(named.rest))
    return `${specifier} is inside another package. Import what the package exports.`
  if (/^(service|example)-/.test(named.name)) return `Nobody imports a service or an example.`
  // Tests may stand on any package that their package.json names.
  if (place.room !== 'src' || named.name === place.kind) return undefined
  if (allowed[place.kind]?.includes(named.name)) return undefined
  return `The source of ${place.folder} may not import ${specifier}: the direction is services and examples -> roster -> runtime, adapters, skills -> core.`
}

/** What is wrong with importing `specifier` in the file at `path` (with forward slashes); undefined if nothing is. */
export function importProblem(path: string, specifier: string): string | undefined {
  const place = placeOf(path)
  if (place === undefined) return undefined
  if (specifier.startsWith('.')) return relativeProblem(place, path, specifier)
  if (place.kind === 'core' && place.room === 'src' && specifier.startsWith('node:')) {
    return `The core is pure and runs inside a workflow: no ${specifier}. What it needs from outside is a port.`
  }
  return workspaceProblem(place, specifier)
}
