import { busContract, fixedClock } from '@roster/testing'

import { memoryBus } from '../../src/index.ts'
import { virtualAlarm } from '../kit/virtual-alarm.ts'

const acknowledgeWithinMs = 1000

busContract(
  'memory',
  async () => {
    const clock = fixedClock()
    const alarm = virtualAlarm(clock)
    const bus = memoryBus({ clock, alarm, acknowledgeWithinMs })
    const outlast = (): void => {
      clock.advance(acknowledgeWithinMs)
      alarm.ring()
    }
    return { bus, outlast, [Symbol.asyncDispose]: async () => {} }
  },
  { capabilities: { keeps: true, repeats: true, processes: 'memory is one process’s own' } },
)
