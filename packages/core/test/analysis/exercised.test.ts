import { describe, expect, it } from 'vitest'

import { exercisedBy, WorstCases, type Envelope } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { task, team } from '../kit/sample.ts'
import { paying, redrafting } from './machines.ts'

const lived = (machine: typeof paying | typeof redrafting): Life =>
  new Life(machine, { stream: task, kind: 'playbook' })
const told = ({ records }: Life): readonly Envelope[] => records.map(({ envelope }) => JSON.parse(envelope) as Envelope)
const spaceOf = ({ definition }: Life) => new WorstCases(team).spaceOf(definition)

describe('what histories have exercised', () => {
  it('is the ways that they went, the moves that they took, and what is left', () => {
    const paid = lived(paying)
    paid.reply('draft', null)
    paid.reply('pay', null)
    const failed = lived(paying)
    failed.send('reply', {
      inReplyTo: failed.state.open['draft']?.cause ?? '',
      sender: `${failed.state.open['draft']?.to}/job/${failed.state.open['draft']?.cause}`,
      error: { code: 'failed', message: 'no' },
    })
    const exercised = exercisedBy(spaceOf(paid), [told(paid), told(failed), told(failed)])
    expect(exercised).toMatchObject({ histories: 3, paths: 2, moves: 4, strange: 0 })
    expect(exercised.never).toContain('asking: approve approved [isApproved] -> paying')
    expect(exercised.never).toHaveLength(6)
  })

  it('leaves the rounds of a loop out of the way', () => {
    const again = lived(redrafting)
    again.reply('draft', null)
    expect(exercisedBy(spaceOf(again), [told(again)])).toMatchObject({ paths: 1, moves: 2, strange: 0 })
  })

  it('counts a history that another machine made as strange', () => {
    const other = lived(redrafting)
    other.reply('draft', null)
    expect(exercisedBy(spaceOf(lived(paying)), [told(other)])).toMatchObject({ strange: 1, paths: 0 })
  })
})
