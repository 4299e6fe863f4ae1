/** An edge of a graph whose nodes are numbered from 0. */
export interface Edge {
  readonly from: number
  readonly to: number
}

/**
 * The strongly connected components of a graph, each before those that lead to it (the ends first): Tarjan's algorithm, without recursion.
 * The graph is small enough to be asked by edge list.
 */
export function componentsOf(size: number, edges: readonly Edge[]): readonly (readonly number[])[] {
  const leaving = neighbours(size, edges)
  const order: (number | undefined)[] = Array.from({ length: size })
  const lowest: number[] = []
  const stack: number[] = []
  const stacked = new Set<number>()
  const components: number[][] = []
  let count = 0
  for (let root = 0; root < size; root += 1) {
    if (order[root] !== undefined) continue
    const work: { readonly node: number; next: number }[] = [{ node: root, next: 0 }]
    while (work.length > 0) {
      const frame = work.at(-1) as (typeof work)[number]
      const { node } = frame
      if (frame.next === 0 && order[node] === undefined) {
        order[node] = lowest[node] = count++
        stack.push(node)
        stacked.add(node)
      }
      const to = leaving[node]?.[frame.next]
      if (to !== undefined) {
        frame.next += 1
        if (order[to] === undefined) work.push({ node: to, next: 0 })
        else if (stacked.has(to)) lowest[node] = Math.min(lowest[node] ?? 0, order[to])
        continue
      }
      work.pop()
      const above = work.at(-1)
      if (above !== undefined) lowest[above.node] = Math.min(lowest[above.node] ?? 0, lowest[node] ?? 0)
      if (lowest[node] !== order[node]) continue
      const component = stack.splice(stack.indexOf(node))
      for (const member of component) stacked.delete(member)
      components.push(component)
    }
  }
  return components
}

/** Where the edges of each node lead. */
export function neighbours(size: number, edges: readonly Edge[]): readonly (readonly number[])[] {
  const leaving: number[][] = Array.from({ length: size }, () => [])
  for (const { from, to } of edges) leaving[from]?.push(to)
  return leaving
}
