/**
 * `npm run -s secrets:rotate` gives the lists a new key, the old one stays known beside it; without an argument it says what would be done,
 * `--new` does it. `--finish` forgets the old key once no list in force stands under it.
 */
import { randomUUID } from 'node:crypto';
import { systemClocks } from '../clock.js';
import { readConfig, readEnvironment } from '../config.js';
import { createAudit } from '../facts/audit/audit.js';
import { createLists } from '../facts/lists/lists.js';
import { readSecrets, type Secrets, withNewListsKey, writeSecrets } from '../secrets.js';
import type { Store } from '../store/store.js';
import { CommandMisused } from './command-misused.js';
import { runContentCommand, say, withStore } from './content-command.js';
import { maskCell } from './lists-command.js';

const usage = `Usage: npm run -s secrets:rotate              says how the keys of the lists stand
       npm run -s secrets:rotate -- --new     makes a new key; start every process anew, then load every list again
       npm run -s secrets:rotate -- --finish  forgets the old key; --finish --yes also what still needs it`;

const listsOf = (store: Store, secrets: Secrets) => {
  const { auditDays } = readConfig(readEnvironment());
  const clock = systemClocks.real;
  const audit = createAudit({ store, clock, newId: randomUUID, mask: maskCell, keptDays: auditDays });
  const keys = { secret: secrets.lists, previousSecret: secrets.previousLists };
  return createLists({ store, clocks: systemClocks, newId: randomUUID, ...keys, mask: maskCell, audit });
};

const tellState = (): Promise<void> =>
  withStore(async (store, secrets) => {
    if (secrets.previousLists === undefined) return say('The lists have one key. "-- --new" makes a new one.');
    const { rows, earlierRows, wishes } = await listsOf(store, secrets).underOldKey();
    say(`Under the old key: ${rows} rows in force, ${earlierRows} of earlier lists, ${wishes} wishes to be told.`);
    say(rows > 0 ? 'Load the lists anew; the old key is needed until then.' : 'The old key may go: "-- --finish".');
  });

const makeNew = async (file: string): Promise<void> => {
  const secrets = await readSecrets(file);
  if (!secrets) throw new CommandMisused(`There are no secrets in ${file} yet: they are made by the first start.`);
  if (secrets.previousLists !== undefined) {
    throw new CommandMisused(
      'A new key was made before and the old one is still known: end that with "-- --finish" first.',
    );
  }
  await writeSecrets(file, withNewListsKey(secrets), true);
  say(`The lists have a new key. Keep a copy of ${file} apart from the database's backups.`);
  say('Now start every process of the service anew, then load every list again (/staff/lists or lists:load).');
};

const finish = (file: string, confirmed: boolean): Promise<void> =>
  withStore(async (store, secrets) => {
    const { previousLists, ...kept } = secrets;
    if (previousLists === undefined) throw new CommandMisused('There is no old key to forget.');
    const lists = listsOf(store, secrets);
    const { rows, earlierRows, wishes } = await lists.underOldKey();
    if (rows > 0)
      throw new CommandMisused(`${rows} rows in force stand under the old key: load their lists anew first.`);
    if (earlierRows + wishes > 0 && !confirmed) {
      throw new CommandMisused(
        `Earlier lists of ${earlierRows} rows could not be gone back to any more, and ${wishes} wishes to be told would be forgotten: "-- --finish --yes" does it all the same.`,
      );
    }
    await lists.forgetOldKey('command');
    await writeSecrets(file, kept, true);
    say('The old key is forgotten. Start every process anew; no hurry.');
  });

await runContentCommand(async () => {
  const [what, ...more] = process.argv.slice(2);
  const file = readConfig(readEnvironment()).secretsFile;
  const confirmed = more.length === 1 && more[0] === '--yes';
  if (what === undefined) return tellState();
  if (what === '--new' && more.length === 0) return makeNew(file);
  if (what === '--finish' && (more.length === 0 || confirmed)) return finish(file, confirmed);
  throw new CommandMisused(usage);
});
