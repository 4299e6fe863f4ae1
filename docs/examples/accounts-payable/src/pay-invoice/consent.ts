import { graph } from './graph.ts'
import { questionTo } from './question.ts'

/** Asks the controller, and after two days the chief financial officer, to consent to the exact payment. */
export const approvingPayment = graph.createStateConfig({
  initial: 'controller',
  states: {
    controller: {
      invoke: {
        id: 'controller',
        src: 'controllerApprovesPayment',
        input: questionTo('controller'),
        ...decided('paying'),
      },
      after: { escalation: { target: 'chief-financial-officer' } },
    },
    'chief-financial-officer': {
      invoke: {
        id: 'chief',
        src: 'chiefApprovesPayment',
        input: questionTo('chief-financial-officer'),
        ...decided('paying'),
      },
      after: { patience: { target: '#refused', actions: 'refuseAsLate' } },
    },
  },
})

/** The same for an entry in the books: a credit, or what a person takes into their own hands. */
export const approvingEntry = graph.createStateConfig({
  initial: 'controller',
  states: {
    controller: {
      invoke: {
        id: 'controller',
        src: 'controllerApprovesEntry',
        input: questionTo('controller'),
        ...decided('booking'),
      },
      after: { escalation: { target: 'chief-financial-officer' } },
    },
    'chief-financial-officer': {
      invoke: {
        id: 'chief',
        src: 'chiefApprovesEntry',
        input: questionTo('chief-financial-officer'),
        ...decided('booking'),
      },
      after: { patience: { target: '#refused', actions: 'refuseAsLate' } },
    },
  },
})

/** Where a decision leads: approved, to the tool that was asked about; declined, to the end. */
function decided(then: 'paying' | 'booking') {
  return {
    onDone: [
      { guard: 'isApproved', target: `#${then}`, actions: 'noteDecision' },
      { target: '#declined', actions: 'noteDecision' },
    ],
    onError: { target: '#failed', actions: 'fail' },
  } as const
}
