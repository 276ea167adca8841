/**
 * Loads a list in a process of its own and, where `LIST_KILL_AT` names a place, ends itself there with SIGKILL: `reading` when a part of
 * the rows is written, `applying` inside the transaction that would put it in force.
 */
import { randomUUID } from 'node:crypto';
import { systemClocks } from '../../src/clock.js';
import { createLists } from '../../src/facts/lists/lists.js';
import { fileSource } from '../../src/facts/lists/source.js';
import { openDatabase } from '../../src/store/connect.js';
import { createStore } from '../../src/store/store.js';

const { LIST_URI: uri, LIST_FILE: file, LIST_SECRET: secret, LIST_KILL_AT: killAt } = process.env;
if (!uri || !file || !secret) throw new Error('LIST_URI, LIST_FILE and LIST_SECRET tell what to load.');
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const connection = await openDatabase(uri);
const store = createStore(connection);
let writes = 0;
const recipients = {
  ...store.recipients,
  async stage(...given: Parameters<typeof store.recipients.stage>) {
    await store.recipients.stage(...given);
    writes += 1;
    if (killAt === 'reading' && writes === 2) die();
  },
};
const lists = createLists({
  store: { ...store, recipients },
  clocks: systemClocks,
  newId: randomUUID,
  secret,
  mask: (text) => text,
  audit: {
    async record({ action }) {
      if (killAt === 'applying' && action === 'list-applied') die();
    },
  },
});
const { done } = await lists.begin({
  source: await fileSource(file),
  fileName: 'list.csv',
  programmeId: 'pay-42500',
  asOf: '2020-04-24',
  by: 'command',
});
const batch = await done;
if (batch.state === 'checked') await lists.apply(batch._id, 'command', true);
process.stdout.write(`${batch.state}\n`);
await connection.close();
