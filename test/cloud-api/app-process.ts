/** The whole service on Cloud API in a process of its own, for tests that kill it: stops itself with SIGKILL at the planted step. */
import type { Step } from '../../src/steps.js';
import { serveCloudApi } from './served.js';

const {
  CLOUD_URI: uri,
  CLOUD_GRAPH: graphUrl,
  CLOUD_PORT: port,
  CLOUD_KILL_AT: killAt,
  CLOUD_AHEAD_MS: ahead = '0',
} = process.env;
if (!uri || !graphUrl || !port) throw new Error('CLOUD_URI, CLOUD_GRAPH and CLOUD_PORT are the test’s.');

const clock = { now: () => new Date(Date.now() + Number(ahead)) };
const service = await serveCloudApi({
  ...{ uri, graphUrl, clocks: { business: clock, real: clock }, env: { PORT: port } },
  at: (step: Step) => {
    if (step === killAt) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write('ready\n');
process.stdin.resume();
process.stdin.once('end', () => void service.stop().then(() => process.exit(0)));
