/** Other processes as the next start of the database sees them: one is gone only when it has let go of what it held. Real processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { endProcess, isAlive } from '../../src/engine/processes.js';
import { runProgram } from '../../src/engine/run-program.js';

/** Its first thread ends at once, another keeps a port for two seconds: what a program that ends under load looks like for a moment. */
const holdsItsPort = `
import ctypes, socket, threading, time
listening = socket.create_server(('127.0.0.1', 0))
def hold():
    print(listening.getsockname()[1], flush=True)
    time.sleep(2)
threading.Thread(target=hold).start()
ctypes.CDLL(None).pthread_exit(0)
`;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
const start = async (...command: readonly [string, ...string[]]): Promise<{ child: ChildProcess; pid: number }> => {
  const [path, ...args] = command;
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error('It was started.');
  return { child, pid: child.pid };
};

describe('processes of this machine', () => {
  it('are alive while their last thread holds a port, though they are called zombies', async function () {
    if (process.platform !== 'linux' || (await runProgram('python3', ['--version'], 10_000)).kind === 'failed')
      this.skip();
    const { child, pid } = await start('python3', '-c', holdsItsPort);
    const ended = once(child, 'exit');
    const [port] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [string];
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await isFree(Number(port))).to.equal(false);
    expect(isAlive(pid)).to.equal(true);

    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await isFree(Number(port))).to.equal(true);
    await ended;
  });

  it('are gone once ended, also those that do not listen to a request', async () => {
    const deaf = await start('sh', '-c', "trap '' TERM; echo deaf; while :; do sleep 0.1; done");
    await once(createInterface({ input: deaf.child.stdout as NodeJS.ReadableStream }), 'line');
    expect(isAlive(deaf.pid)).to.equal(true);
    await endProcess(deaf.pid, 200);
    expect(isAlive(deaf.pid)).to.equal(false);
    await endProcess(deaf.pid, 200);
  });
});
