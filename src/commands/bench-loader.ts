/**
 * A process of the bench's own that loads a list, as `lists:load` does, so that its memory is a loader's alone.
 * `bench-loader.ts ROWS`; standard input: the database's address and the lists' secret; standard output: milliseconds, rows, peak in MB.
 */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { systemClocks } from '../clock.js';
import { createLists } from '../facts/lists/lists.js';
import { openDatabase } from '../store/connect.js';
import { createStore } from '../store/store.js';
import { peopleAsList } from './bench-people.js';

const rows = Number(process.argv[2]);
const { uri, secret } = JSON.parse(await text(process.stdin)) as { readonly uri: string; readonly secret: string };
const connection = await openDatabase(uri);
const audit = { record: async () => undefined };
const parts = { store: createStore(connection), clocks: systemClocks, newId: randomUUID, secret, audit };
const lists = createLists({ ...parts, mask: (written) => written });
const order = { fileName: 'bench.csv', programmeId: 'pay-42500', asOf: '2020-04-16', by: 'command' };
const started = performance.now();
const batch = await (await lists.begin({ ...order, source: peopleAsList(rows) })).done;
await lists.apply(batch._id, 'command', true);
const ms = performance.now() - started;
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ ms, loaded: batch.counts?.loaded ?? 0, shares: batch.shares, peakMb }));
await connection.close();
