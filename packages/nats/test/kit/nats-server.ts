import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface NatsServer extends AsyncDisposable {
  readonly url: string
  kill(signal?: NodeJS.Signals): Promise<void>
  restart(): Promise<void>
  wipe(): Promise<void>
}

export async function startNats(): Promise<NatsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'roster-nats-'))
  const port = await freePort()
  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    child = spawn(
      process.env['NATS_SERVER'] ?? 'nats-server',
      ['-a', '127.0.0.1', '-p', `${port}`, '-js', '-sd', folder],
      { stdio: 'ignore' },
    )
    for (;;) if (await open(port)) return
  }
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  await start()
  return {
    url: `nats://127.0.0.1:${port}`,
    kill,
    async restart() {
      await kill('SIGTERM')
      await start()
    },
    async wipe() {
      await rm(join(folder, 'jetstream'), { recursive: true, force: true })
    },
    async [Symbol.asyncDispose]() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

function open(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)))
    socket.on('error', () => setTimeout(() => resolve(false), 20))
  })
}
