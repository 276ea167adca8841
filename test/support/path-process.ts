/**
 * A whole service in a process of its own, for tests that kill it: takes messages as lines of JSON on stdin (as a channel would deliver
 * them), says `taken ID` when one is durable, and stops itself with SIGKILL at the planted step.
 */
import { createInterface } from 'node:readline';
import type { Step } from '../../src/steps.js';
import { startService } from './service.js';

const { PATH_URI: uri, PATH_KILL_AT: killAt, PATH_KILL_AFTER: killAfter = '1' } = process.env;
if (!uri) throw new Error('PATH_URI names the database of the test.');

let passes = 0;
const at = (step: Step): void => {
  if (step !== killAt) return;
  passes += 1;
  if (passes >= Number(killAfter)) process.kill(process.pid, 'SIGKILL');
};

const service = await startService({ uri, at });
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { from, externalId, text } = JSON.parse(line);
  const message = {
    externalId,
    from: [{ channel: 'web', id: from }],
    content: { kind: 'text', text },
    sentAt: new Date(),
  } as const;
  // Not awaited: a channel delivers while the last message is still being written.
  void service.core.intake
    .receive({ ...message, from: [message.from[0]] })
    .then(() => process.stdout.write(`taken ${externalId}\n`));
}
await service.stop();
