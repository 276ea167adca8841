/**
 * `npm run test:faults -- --rounds N --messages N --burst N`: a burst of messages, then the faults of the tests at length, one after the other in
 * a shuffled order, each in the middle of so many messages; prints a line for each round and what was checked. A run of its own, never a timed test.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { readConfig, readEnvironment } from '../../src/config.js';
import { chooseEngine } from '../../src/engine/choose.js';
import { openDatabase } from '../../src/store/connect.js';
import { createStore } from '../../src/store/store.js';
import { seededRandom } from '../../src/understand/seeded-random.js';
import { endChildServices } from '../support/child-service.js';
import { createTestDatabase, mochaGlobalTeardown } from '../support/engine.js';
import { startService } from '../support/service.js';
import { makeProfile } from '../support/whatsapp-service.js';
import { type FaultName, faults } from './faults.js';
import { createRunner } from './runner.js';
import { startSimulatedWhatsApp } from './simulated-whatsapp.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    messages: { type: 'string' },
    burst: { type: 'string' },
    seed: { type: 'string' },
  },
});
const whole = (text: string | undefined, otherwise: number): number => {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  process.stderr.write('Usage: npm run test:faults -- [--rounds N] [--messages N] [--burst N] [--seed N]\n');
  process.exit(2);
};
const rounds = whole(values.rounds, 30);
const messages = whole(values.messages, 3_000);
const burst = whole(values.burst, 500);
const seed = whole(values.seed, Date.now() % 1_000_000);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const random = seededRandom(seed);
const names = Object.keys(faults) as FaultName[];
const engine = await chooseEngine(readConfig(readEnvironment()).dataDir);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim();
say(`commit ${commit} · engine ${engine.kind} ${engine.version} · Node ${process.version} · seed ${seed}`);
say(`a burst of ${burst} messages, then ${rounds} rounds, ${messages} messages in all`);

const [whatsapp, profile, database] = await Promise.all([
  startSimulatedWhatsApp(),
  makeProfile(),
  createTestDatabase(),
]);
await (await startService({ uri: database.uri })).stop();
const connection = await openDatabase(database.uri);
const store = createStore(connection);
const runner = await createRunner({ whatsapp, store, uri: database.uri, folder: profile.folder, patienceMs: 600_000 });
let failed = 0;
/** Runs it, says how it went, and gives whether the next one may run. */
const tryOne = async (what: string, count: number, run: () => Promise<void>): Promise<boolean> => {
  const began = Date.now();
  const seconds = (): number => Math.round((Date.now() - began) / 1_000);
  try {
    await run();
    say(`${what}: ${count} messages, each with one outcome, in order (${seconds()} s)`);
    return true;
  } catch (error) {
    failed += 1;
    say(`${what}: WRONG (${seconds()} s): ${(error as Error).message}`);
    return false;
  }
};
const residentsOf = (round: number, count: number) =>
  Array.from({ length: count }, (_, n) => `77${String(round).padStart(3, '0')}${String(n).padStart(6, '0')}@c.us`);

let goesOn = await tryOne('burst', burst, () => runner.burst(residentsOf(999, 100), burst));
const each = Math.ceil(messages / rounds);
for (let round = 1; goesOn && round <= rounds; round += 1) {
  const name = names[Math.floor(random() * names.length)] ?? 'the browser is killed';
  goesOn = await tryOne(`round ${round}: ${name}`, each, () => runner.round(name, residentsOf(round, 10), each));
}
say(failed === 0 ? 'right' : 'wrong');
await runner.stop();
endChildServices();
await connection.close();
await profile.remove();
await whatsapp.stop();
await mochaGlobalTeardown();
process.exit(failed);
