import type { PictureState } from '@roster/core'

/** How the Eclipse Layout Kernel lays a picture out: from top to bottom, in the order in which the machine is written. */
export const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  // What leads back is what leads to a state that is written earlier: else the beginning may end up in the middle.
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.layered.spacing.edgeNodeBetweenLayers': '22',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.spacing.nodeNode': '36',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '4',
}

/** A state that belongs to the last row. */
export const lastOptions = { 'elk.layered.layering.layerConstraint': 'LAST' }

/** Room for the title of a group, and around what lies in it. */
export function groupOptions({ name, does }: PictureState): Record<string, string> {
  const title = [name, ...does].join(' · ')
  return {
    'elk.padding': '[top=40,left=16,bottom=16,right=16]',
    'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    'elk.nodeSize.minimum': `(${Math.round(title.length * 7.8 + 36)}, 60)`,
  }
}
