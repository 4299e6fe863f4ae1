import { parseStream } from '@roster/core'
import { Admission, Scheduler, type Alarm, type IntakePorts, type Observation } from '@roster/runtime'

/** What a door is opened with. */
export interface DoorParts {
  /** What tasks are taken in with; the queue is the door's own. */
  readonly ports: Omit<IntakePorts, 'admission'>
  readonly alarm: Alarm
  /** Is told what failed that nobody waits for. It is tried again. */
  readonly failed: (error: unknown) => void
}

/** Where tasks come in: the queue before it, and the calendar that brings its own. */
export interface Door {
  readonly intake: IntakePorts
  /** Begins: lets in what waited, and what was missed. */
  open(): Promise<void>
  /** Lets in what there is room for, and publishes what is due. For whoever is not told of each record. */
  look(): Promise<void>
  /** Is told of each record that was stored in this process. */
  noticed(observation: Observation): void
  /** Resolves when nothing is under way here; answers whether anything was. */
  idle(): Promise<boolean>
  close(): Promise<void>
}

/** Opens the door for tasks, in one process of a team that takes any. */
export function openDoor({ ports, alarm, failed }: DoorParts): Door {
  const admission = new Admission(ports, { alarm, failed })
  const intake = { ...ports, admission }
  const scheduler = new Scheduler(intake, { alarm, failed })
  const look = async (): Promise<void> => {
    await Promise.all([admission.look(), scheduler.look()])
  }
  return {
    intake,
    look,
    // What cannot be begun now is begun later: a team opens all the same.
    open: () => look().catch(failed),
    noticed(observation) {
      if (observation.kind !== 'appended') return
      if (observation.final && parseStream(observation.stream).kind === 'task') admission.ended(observation.stream)
      if (observation.cause.startsWith('schedule.') && observation.cause !== 'schedule.due') scheduler.lookSoon()
    },
    async idle() {
      const busy = admission.busy || scheduler.busy
      await scheduler.idle()
      await admission.idle()
      return busy
    },
    async close() {
      await scheduler.stop()
      await admission.stop()
    },
  }
}
