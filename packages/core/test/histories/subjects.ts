import { approvalJob, standardDuty, standardJob, type Definition, type StoredRecord } from '../../src/index.ts'
import { course, livedCourse } from '../kit/course.ts'
import { Life } from '../kit/life.ts'
import { ada, definition } from '../kit/sample.ts'

/** A kind of actor whose history is kept as a file. */
export interface Subject {
  readonly stream: string
  /** What its history is stepped again on. */
  readonly definition: Definition
  /** Makes the history anew. */
  readonly record: () => readonly StoredRecord[]
}

/** The actors whose histories are kept, by the name of their file. */
export const subjects: Readonly<Record<string, Subject>> = {
  course: {
    stream: 'acme/task/t1',
    definition: definition(course, { kind: 'playbook', id: 'course@1.0.0' }),
    record: () => livedCourse().records,
  },
  duty: {
    stream: ada,
    definition: definition(standardDuty, { kind: 'colleague' }),
    record: () => {
      const life = new Life(standardDuty, { stream: ada, kind: 'colleague', given: { concurrency: 1 } })
      for (const type of ['work', 'pause', 'job.ended', 'resume', 'work', 'stop', 'resume']) {
        life.send(type, type === 'job.ended' ? { sender: `${ada}/job/m1`, payload: { job: 'm1', how: 'done' } } : {})
      }
      return life.records
    },
  },
  job: {
    stream: `${ada}/job/ask-1`,
    definition: definition(standardJob),
    record: () => {
      const life = new Life(standardJob, { given: { topic: 'tides' } })
      const calls = [{ id: 'c1', tool: 'search', input: { query: 'tides' } }]
      life.done(life.last.effects[0] as never, { kind: 'calls', calls })
      life.done(life.last.effects[0] as never, ['page'], { integrity: 'untrusted', sources: ['tool/search'] })
      life.done(life.last.effects[0] as never, { kind: 'answer', output: { text: 'They rise and fall.' } })
      return life.records
    },
  },
  approval: {
    stream: `${ada}/job/ask-1`,
    definition: definition(approvalJob),
    record: () => {
      const life = new Life(approvalJob, {
        given: { tool: 'pay', arguments: { amount: '12.50' }, argumentsDigest: 'd', expiresAt: 1 },
      })
      life.end({ status: 'cancelled', error: { code: 'cancelled', message: 'The work was withdrawn.' } })
      return life.records
    },
  },
}
