import { Session, type Profiler } from 'node:inspector/promises'

import type { Share } from '../measure/sample.ts'

/** Shares below this are left out, in per cent. */
const leastPercent = 2

/** Profiles this thread while something runs. */
export async function profiled<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly shares: readonly Share[] }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  const value = await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return { value, shares: sharesOf(profile) }
}

/** The parts of a profile by place: a file of ours, a package of others, a module of Node. */
function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): readonly Share[] {
  const placeOfNode = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]))
  const times = new Map<string, number>()
  let total = 0
  samples.forEach((id, index) => {
    const time = timeDeltas[index] ?? 0
    const place = placeOfNode.get(id) ?? ''
    times.set(place, (times.get(place) ?? 0) + time)
    total += time
  })
  return [...times]
    .map(([place, time]) => ({ place, percent: Math.round((1000 * time) / total) / 10 }))
    .filter(({ percent }) => percent >= leastPercent)
    .toSorted((one, other) => other.percent - one.percent)
}

const ownNames: Readonly<Record<string, string>> = {
  '(idle)': 'waiting',
  '(garbage collector)': 'garbage collection',
  '(program)': 'native code',
}

function placeOf({ functionName, url }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const packaged = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  if (packaged !== undefined) return packaged
  const ours = /\/packages\/([^/]+)\/src\/(.*)\.ts$/.exec(url)
  if (ours !== null) return `${ours[1]}/${ours[2]}`
  return ownNames[functionName] ?? (url === '' ? 'native code' : url)
}
