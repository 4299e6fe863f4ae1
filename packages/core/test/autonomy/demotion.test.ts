import { describe, expect, it } from 'vitest'

import { note, standardDuty, type Demotion, type Terms } from '../../src/index.ts'
import { Life } from '../kit/life.ts'
import { ada, message } from '../kit/sample.ts'

/** Given an agent that is demoted like this, when its jobs end so, one after the other, then it works on these terms. */
function given(demotion: Demotion | undefined) {
  const life = new Life(standardDuty, {
    stream: ada,
    kind: 'colleague',
    given: { concurrency: 9 },
    ...(demotion === undefined ? {} : { demotion }),
  })
  return {
    life,
    when: (...endings: readonly string[]) => {
      for (const [index, how] of endings.entries())
        life.send('job.ended', { sender: `${ada}/job/m${index}`, payload: { job: `m${index}`, how } })
      return { then: (terms: Terms | undefined): void => expect(life.state.terms).toEqual(terms) }
    },
  }
}

describe('an agent whose definition declares a demotion', () => {
  const twice: Demotion = { failures: 2, to: 'propose' }

  it('is demoted with the last of so many failures in a row', () => {
    given(twice).when('failed').then({ failures: 1 })
    given(twice).when('failed', 'failed').then({ level: 'propose' })
    given(twice).when('done', 'failed', 'done', 'failed').then({ failures: 1 })
  })

  it('is not demoted for what was withdrawn or refused', () => {
    given(twice).when('failed', 'cancelled', 'refused', 'stopped').then({ failures: 1 })
  })

  it('keeps less freedom than that', () => {
    given({ ...twice, from: 'observe' })
      .when('failed', 'failed')
      .then({ level: 'observe' })
  })

  it('is promoted again by a person, and then counted anew', () => {
    const { life, when } = given(twice)
    when('failed', 'failed').then({ level: 'propose' })
    const noted = note(life.actor, message({ id: 'n', type: 'terms.level', to: ada, payload: { level: 'bounded' } }))
    expect(noted).toMatchObject({ next: { terms: { level: 'bounded' } } })
  })
})

describe('an agent whose definition declares none', () => {
  it('is never demoted by itself', () => {
    given(undefined).when('failed', 'failed', 'failed').then(undefined)
  })
})
