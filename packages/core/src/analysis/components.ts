/** An edge of a graph whose nodes are numbered from 0. */
export interface Edge {
  readonly from: number
  readonly to: number
}

/** The strongly connected components of a graph, each before those that lead to it: the ends come first. (Kosaraju, without recursion.) */
export function componentsOf(size: number, edges: readonly Edge[]): readonly (readonly number[])[] {
  const nodes = Array.from({ length: size }, (_, node) => node)
  const forwards = neighbours(size, edges)
  const backwards = neighbours(
    size,
    edges.map(({ from, to }) => ({ from: to, to: from })),
  )
  const left = new Set<number>()
  const order = nodes.flatMap((node) => reached(node, forwards, left))
  const seen = new Set<number>()
  const components = order.toReversed().map((node) => reached(node, backwards, seen))
  return components.filter((component) => component.length > 0).toReversed()
}

/** Where the edges of each node lead. */
function neighbours(size: number, edges: readonly Edge[]): readonly (readonly number[])[] {
  const leaving: number[][] = Array.from({ length: size }, () => [])
  for (const { from, to } of edges) leaving[from]?.push(to)
  return leaving
}

/** What can be reached from a node and was not seen before, each after all that it leads to. */
function reached(start: number, next: readonly (readonly number[])[], seen: Set<number>): readonly number[] {
  if (seen.has(start)) return []
  const order: number[] = []
  const visit = (node: number) => ({ node, left: (next[node] ?? []).values() })
  const visits = [visit(start)]
  seen.add(start)
  for (let open = visits.at(-1); open !== undefined; open = visits.at(-1)) {
    const { value: to, done } = open.left.next()
    if (done === true) {
      order.push(open.node)
      visits.pop()
    } else if (!seen.has(to)) {
      seen.add(to)
      visits.push(visit(to))
    }
  }
  return order
}
