import { expect, it } from 'vitest'

import * as roster from '../../src/index.ts'
import * as workflow from '../../src/workflow.ts'

it('has everything for a bundle of playbooks that authors import, but what loads a team', () => {
  const names = Object.keys(roster).filter((name) => name !== 'team')

  expect(Object.keys(workflow)).toEqual(expect.arrayContaining(names))
})
