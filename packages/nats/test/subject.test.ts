import { describe, expect, it } from 'vitest'

import { addressesOf, identityOf, mailSubject, nameOf, token } from '../src/subject.ts'

describe('subject', () => {
  it('carries sender and recipient, each as one token', () => {
    expect(mailSubject('desk/task/01J', 'desk/agent/clerk')).toBe(
      'roster.mail.desk.agent.from.task.desk/task/01J.to.desk/agent/clerk',
    )
    expect(mailSubject('client/web', 'desk/team')).toBe('roster.mail.desk.team.from.client.client/web.to.desk/team')
  })

  it('of what a job sends or gets is that of its colleague', () => {
    expect(identityOf('desk/agent/clerk/job/7')).toBe('desk/agent/clerk')
    expect(mailSubject('desk/agent/clerk/job/7', 'desk/task/01J')).toBe(
      'roster.mail.desk.task.from.agent.desk/agent/clerk.to.desk/task/01J',
    )
    expect(mailSubject('client/eve', 'desk/person/eve/job/7')).toBe(
      'roster.mail.desk.person.from.client.client/eve.to.desk/person/eve',
    )
  })

  it('of a client holds whatever its name is, and no wildcard', () => {
    for (const name of ['ann@acme.test', 'a b', '*', '>', 'a=b', '100%', 'Grüße 😀']) {
      expect(token(name)).not.toMatch(/[.*> ]/)
      expect(nameOf(token(name))).toBe(name)
    }
  })

  it('in the mailbox stream says who sent it to whom', () => {
    expect(addressesOf('roster.mailbox.3.agent.desk.from.client.client/ann@acme=2etest.to.desk/agent/clerk')).toEqual({
      kind: 'client',
      sender: 'client/ann@acme.test',
      recipient: 'desk/agent/clerk',
    })
  })
})
