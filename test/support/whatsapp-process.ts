/** The service on the simulated WhatsApp in a process of its own, for tests that kill it or its browser: starts, says `ready`, runs until its stdin ends. */
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/log.js';
import type { Step } from '../../src/steps.js';
import { isStrayFault } from '../../src/transport/whatsapp-web/stray-fault.js';
import { startService } from './service.js';

const { PATH_URI: uri, PATH_KILL_AT: killAt, PATH_KILL_AFTER: killAfter = '1', PATH_SETTINGS: settings } = process.env;
if (!uri || !settings) throw new Error('PATH_URI names the database, PATH_SETTINGS the settings of the test.');
process.on('unhandledRejection', (reason) => {
  if (isStrayFault(reason)) return;
  process.stderr.write(`${reason instanceof Error ? reason.stack : reason}\n`);
  process.exit(1);
});

let passes = 0;
const at = (step: Step): void => {
  if (step !== killAt) return;
  passes += 1;
  if (passes >= Number(killAfter)) process.kill(process.pid, 'SIGKILL');
};
/** LOG_LEVEL=info beside the test's command shows what the service does, on standard error. */
const level = readConfig({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal' }).logLevel;
const logger = createLogger({ level, stream: process.stderr });
const service = await startService({ uri, at, logger, env: JSON.parse(settings) });
process.stdout.write('ready\n');
for await (const _ of process.stdin) {
  // Nothing is said to it: its end is the word to stop.
}
await service.stop();
process.exit(0);
