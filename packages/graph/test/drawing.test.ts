import { skillLogic, pictureOf, type Json, type Picture, type PictureState } from '@roster/core'
import { setup } from 'xstate'
import { describe, expect, it } from 'vitest'

import { mermaid, svg } from '../src/index.ts'
import { layoutOf, type Box } from '../src/layout.ts'

const machine = setup({
  actors: {
    draft: skillLogic<Json, Json>({ kind: 'ask', to: { name: 'ada' }, work: 'draft' }),
    consent: skillLogic<Json, Json>({ kind: 'approve', to: { name: 'eve' }, tool: 'a <pay> & more', validForMs: 1 }),
  },
  guards: { isLarge: () => true },
}).createMachine({
  id: 'desk',
  initial: 'drafting',
  on: { halt: '.failed' },
  states: {
    drafting: {
      invoke: {
        src: 'draft',
        input: null,
        onDone: [{ guard: 'isLarge', target: 'asking' }, { target: 'both' }],
        onError: 'failed',
      },
    },
    asking: {
      initial: 'eve',
      states: {
        eve: {
          invoke: { src: 'consent', input: null, onDone: '#desk.both', onError: '#desk.failed' },
          after: { 172_800_000: 'later' },
        },
        later: { invoke: { src: 'consent', input: null, onDone: '#desk.both', onError: '#desk.failed' } },
      },
    },
    both: {
      type: 'parallel',
      onDone: 'done',
      states: {
        left: {
          initial: 'on',
          states: {
            on: { invoke: { src: 'draft', input: null, onDone: 'off', onError: 'off' } },
            off: { type: 'final' },
          },
        },
        right: { initial: 'on', states: { on: { on: { go: 'off' } }, off: { type: 'final' } } },
      },
    },
    done: { type: 'final' },
    failed: { type: 'final' },
  },
})

const picture = pictureOf(machine)
const leaves = (states: readonly PictureState[]): readonly string[] =>
  states.flatMap(({ id, states: inner }) => (inner.length === 0 ? [id] : leaves(inner)))

describe('a Mermaid drawing', () => {
  it('has groups, regions, and between groups an edge of the groups', () => {
    expect(mermaid(picture)).toBe(
      [
        'stateDiagram-v2',
        '  [*] --> drafting',
        '  state "drafting<br/>ask ada/draft" as drafting',
        '  state "asking" as asking {',
        '    [*] --> asking_eve',
        '    state "eve<br/>approve a <pay> & more by eve" as asking_eve',
        '    state "later<br/>approve a <pay> & more by eve" as asking_later',
        '    asking_eve --> asking_later : after 2 days',
        '  }',
        '  state "both" as both {',
        '    [*] --> both_left_on',
        '    state "on<br/>ask ada/draft" as both_left_on',
        '    state "off" as both_left_off',
        '    both_left_on --> both_left_off : also when it fails',
        '    --',
        '    [*] --> both_right_on',
        '    state "on" as both_right_on',
        '    state "off" as both_right_off',
        '    both_right_on --> both_right_off : go',
        '  }',
        '  state "failed<br/>by 3 steps when they fail" as failed',
        '  state "anywhere" as _anywhere_',
        '  _anywhere_ --> failed : halt',
        '  drafting --> asking : isLarge',
        '  drafting --> both',
        '  asking --> both',
        '  both --> done',
        '  done --> [*]',
        '  failed --> [*]',
      ].join('\n'),
    )
  })
})

describe('an SVG drawing', () => {
  it('is the same text for the same picture', async () => {
    expect(await svg(picture)).toBe(await svg(pictureOf(machine)))
  })

  it('escapes what others wrote', async () => {
    const drawing = await svg(picture)
    expect(drawing).toContain('approve a &lt;pay&gt; &amp; more by eve')
    expect(drawing).not.toContain('<pay>')
  })

  it('gives every state a place of its own, inside its group, and every edge a way', async () => {
    const { states, edges, width, height, starts } = await layoutOf(picture)
    const boxes = new Map(states.map((one) => [one.state.id, one]))
    for (const id of leaves(picture.states)) {
      const box = boxes.get(id) as Box
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true)
      const group = boxes.get(id.split('.').slice(0, -1).join('.'))
      expect(group === undefined || contains(group, box)).toBe(true)
      for (const other of leaves(picture.states))
        expect(other === id || !overlap(box, boxes.get(other) as Box), `${id} and ${other}`).toBe(true)
    }
    expect(edges.every(({ points }) => points.length >= 2)).toBe(true)
    // The picture's own, and one in each region; the group is entered as such too.
    expect(starts).toHaveLength(4)
  })

  it('draws a machine without a transition', async () => {
    const still: Picture = { ...picture, edges: [], states: picture.states.slice(0, 1) }
    expect(await svg(still)).toContain('drafting')
  })
})

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}
