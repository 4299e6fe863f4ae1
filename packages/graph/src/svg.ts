import type { Picture, PictureState } from '@roster/core'

import { layoutOf, type Box, type Layout, type PlacedEdge, type PlacedState } from './layout.ts'

/** Colours by who does it; each is dark enough to be read on its ground. */
const style = `
  .ground { fill: #ffffff }
  text { font-family: ui-sans-serif, system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; fill: #1f2933 }
  .name { font-size: 13px; font-weight: 600 }
  .does { font-size: 11px; fill: #52606d }
  .label { font-size: 11px; fill: #3e4c59 }
  .title-ground { fill: #fbfcfd }
  .label-ground { fill: #ffffff; fill-opacity: 0.85 }
  .state { stroke-width: 1.25 }
  .nobody { fill: #f5f7fa; stroke: #9aa5b1 }
  .person { fill: #fff3d6; stroke: #c07c00 }
  .colleague { fill: #e3effc; stroke: #2f73b8 }
  .model { fill: #efe7fb; stroke: #7a4fb5 }
  .tool { fill: #e2f5ec; stroke: #25855a }
  .end { fill: #ffffff; stroke: #52606d }
  .group { fill: #fbfcfd; stroke: #cbd2d9; stroke-width: 1.25 }
  .regions { stroke-dasharray: 5 4 }
  .edge { fill: none; stroke: #616e7c; stroke-width: 1.25 }
  .failed { stroke: #c53030; stroke-dasharray: 4 3 }
  .late { stroke: #c07c00; stroke-dasharray: 2 3 }
  .start, .arrow { fill: #616e7c; stroke: none }`

/** A picture as an SVG drawing that stands by itself: no script, no font, no link. The same picture gives the same text. */
export async function svg(picture: Picture): Promise<string> {
  const layout = await layoutOf(picture)
  const { width, height, states, edges, starts } = layout
  const groups = states.filter(({ state }) => state.states.length > 0)
  const leaves = states.filter(({ state }) => state.states.length === 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(picture.name)}</title>`,
    `<desc>${escaped(described(layout))}</desc>`,
    `<style>${style}\n</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="arrow" d="M0 0.5L8 4L0 7.5z"/></marker></defs>',
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...groups.map(group),
    ...edges.map(line),
    ...leaves.map(leaf),
    ...groups.map(groupTitle),
    ...edges.flatMap(({ label }) => (label === null ? [] : [labelText(label)])),
    ...starts.map(({ x, y }) => `<circle class="start" cx="${round(x + 7)}" cy="${round(y + 7)}" r="6"/>`),
    '</svg>',
    '',
  ].join('\n')
}

function described({ states }: Layout): string {
  return states
    .filter(({ state }) => state.does.length > 0)
    .map(({ state }) => `${state.id}: ${state.does.join(', ')}`)
    .join('; ')
}

function group({ state, ...placed }: PlacedState): string {
  return `<rect class="group${state.kind === 'regions' ? ' regions' : ''}" ${attributes(placed)} rx="10"/>`
}

/** Drawn over the edges that come in from above. */
function groupTitle({ lines, x, y }: PlacedState): string {
  const [name = '', ...does] = lines
  const text = [name, ...does].join(' · ')
  const ground = `<rect class="title-ground" ${attributes({ x: x + 10, y: y + 8, width: text.length * 7.8 + 8, height: 20 })} rx="3"/>`
  return `${ground}<text class="name" x="${round(x + 14)}" y="${round(y + 22)}">${escaped(text)}</text>`
}

function leaf({ state, lines, ...box }: PlacedState): string {
  const middle = box.x + box.width / 2
  const [name = '', ...does] = lines
  const texts = [
    `<text class="name" x="${middle}" y="${box.y + 22}" text-anchor="middle">${escaped(name)}</text>`,
    ...does.map((text, index) => {
      return `<text class="does" x="${middle}" y="${box.y + 38 + index * 16}" text-anchor="middle">${escaped(text)}</text>`
    }),
  ]
  return `${shape(state, box)}${texts.join('')}`
}

function shape({ kind, who }: PictureState, box: Box): string {
  if (kind === 'end') {
    const inner = { x: box.x + 3, y: box.y + 3, width: box.width - 6, height: box.height - 6 }
    return `<rect class="state end" ${attributes(box)} rx="17"/><rect class="state end" ${attributes(inner)} rx="14"/>`
  }
  return `<rect class="state ${who}" ${attributes(box)} rx="${kind === 'choice' ? 17 : 6}"/>`
}

function line({ points, kind }: PlacedEdge): string {
  const look = kind === 'failed' || kind === 'late' ? ` ${kind}` : ''
  return `<path class="edge${look}" d="${rounded(points)}" marker-end="url(#arrow)"/>`
}

/** Pixels by which the corners of an edge are rounded. */
const corner = 6

/** A way through points with rounded corners. */
function rounded(points: PlacedEdge['points']): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]]
      if (before === undefined) return `M${at(point)}`
      if (after === undefined) return `L${at(point)}`
      return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, after))}`
    })
    .join('')
}

function towards(from: { x: number; y: number }, to: { x: number; y: number }): { x: number; y: number } {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const part = length === 0 ? 0 : Math.min(corner, length / 2) / length
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

function labelText({ text, x, y, width, height }: Box & { readonly text: string }): string {
  const ground = `<rect class="label-ground" ${attributes({ x, y, width, height })} rx="3"/>`
  return `${ground}<text class="label" x="${round(x + width / 2)}" y="${round(y + 12)}" text-anchor="middle">${escaped(text)}</text>`
}

function attributes({ x, y, width, height }: Box): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`
}

function at({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${round(x)} ${round(y)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
