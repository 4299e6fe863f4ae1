import { describe, expect, it } from 'vitest'

import { settingsOf } from '../../src/distributed.ts'

const env = { DATABASE_URL: 'postgres://127.0.0.1/roster', NATS_URL: 'nats://127.0.0.1:4222' }

describe('settings of a distributed team', () => {
  it('come from the environment, and from what is given before that', () => {
    const settings = settingsOf(
      { ...env, ROSTER_HOSTS: '3', ROSTER_NAME: 'host-1' },
      { name: 'mine', folder: '/var/desk' },
    )
    expect(settings).toMatchObject({ hosts: 3, name: 'mine', folder: '/var/desk', leaseMs: 10_000, replicas: 1 })
    expect(settings).not.toHaveProperty('tenant')
    expect(settingsOf({ ...env, ROSTER_TENANT: 'acme' }).tenant).toBe('acme')
  })

  it.each([
    ['DATABASE_URL', { NATS_URL: env.NATS_URL }],
    ['NATS_URL', { DATABASE_URL: env.DATABASE_URL }],
    ['ROSTER_HOSTS', { ...env, ROSTER_HOSTS: '0' }],
    ['ROSTER_HOSTS', { ...env, ROSTER_HOSTS: '33' }],
    ['ROSTER_LEASE_MS', { ...env, ROSTER_LEASE_MS: 'soon' }],
    ['ROSTER_NATS_REPLICAS', { ...env, ROSTER_NATS_REPLICAS: '1.5' }],
    ['ROSTER_HEALTH_PORT', { ...env, ROSTER_HEALTH_PORT: '65536' }],
  ])('that are missing or out of bounds are refused by the name %s', (path, given) => {
    expect(() => settingsOf(given)).toThrow(expect.objectContaining({ code: 'usage', path, hint: expect.any(String) }))
  })
})
