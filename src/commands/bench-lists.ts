/**
 * Recipients measured, each beside its measure in the same run: loading a list (in a process of its own) beside a bare insertMany of the
 * same rows into the same indexes, and checks among them, one by one in turn with checks in empty lists, while residents talk.
 */
import { spawn } from 'node:child_process';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClocks } from '../clock.js';
import { withDatabase } from '../engine/temporary.js';
import { loadStarterContent } from '../facts/content/starter-content.js';
import { createEligibility, type Eligibility } from '../facts/eligibility/eligibility.js';
import { hmacOfDigits, maskedIin } from '../inbound/iin-hmac.js';
import { openDatabase } from '../store/connect.js';
import { type RecipientDocument, recipientId } from '../store/recipients.js';
import { dropDatabase } from '../store/replica-set.js';
import { createStore, type Store } from '../store/store.js';
import { benchPath, type Latencies, questionsOf, summary } from './bench-path.js';
import { iinOf } from './bench-people.js';
import type { TemporaryService } from './temporary-service.js';

interface Loaded {
  readonly rowsPerSecond: number;
  /** Of the bare insertMany. */
  readonly share: number;
  /** Greatest resident memory of the loader's process, in megabytes. */
  readonly peakMb: number;
}
export interface ListsBench {
  readonly rows: number;
  readonly insertMany: { readonly rowsPerSecond: number };
  readonly load: Loaded;
  /** The same list once more, compared with the million rows in force. */
  readonly again: Loaded;
  readonly check: {
    readonly residentsTalking: number;
    readonly emptyLists: Latencies;
    readonly fullList: Latencies;
    readonly p95Ratio: number;
    /** Commands of one check, each of them a wait for the database. */
    readonly commands: number;
  };
}
const programmeId = 'pay-42500';
const rowsAtOnce = 2000;
const checks = 300;
/** Messages of each resident, so that they talk at least as long as the checks take. */
const talk = 8;

/** Runs `work` on a further database of the same engine, which is gone afterwards. */
const inOtherDatabase = async <T>(uri: string, name: string, work: (store: Store) => Promise<T>): Promise<T> => {
  const other = withDatabase(uri, `${new URL(uri).pathname.slice(1)}_${name}`);
  const connection = await openDatabase(other);
  try {
    const store = createStore(connection);
    await store.migrate();
    return await work(store);
  } finally {
    await connection.close();
    await dropDatabase(other);
  }
};

const insertBare = async (store: Store, rows: number, secret: string): Promise<number> => {
  let ms = 0;
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const documents = Array.from({ length: Math.min(rowsAtOnce, rows - from) }, (_, at): RecipientDocument => {
      const iinHmac = hmacOfDigits(iinOf(from + at), secret);
      const told = { status: 'paid', amount: 42_500, date: '2020-04-16', district: 'aral', reason: '' } as const;
      return { _id: recipientId(programmeId, 'bare', iinHmac), programmeId, batch: 'bare', iinHmac, ...told };
    });
    const started = performance.now();
    await store.recipients.stage(documents);
    ms += performance.now() - started;
  }
  return Math.round((rows / ms) * 1000);
};

const load = async ({ uri, secrets }: TemporaryService, rows: number, bare: number): Promise<Loaded> => {
  const loader = fileURLToPath(new URL('bench-loader.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', loader, String(rows)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ uri, secret: secrets.lists }));
  const told = (await json(child.stdout)) as { ms: number; loaded: number; peakMb: number };
  if (told.loaded !== rows) throw new Error(`Only ${told.loaded} of ${rows} rows were loaded.`);
  const rowsPerSecond = Math.round((rows / told.ms) * 1000);
  return { rowsPerSecond, share: Number((rowsPerSecond / bare).toFixed(2)), peakMb: told.peakMb };
};

/** Checks in turn, one after the other, while residents talk. */
const checkWhileTalking = async (
  service: TemporaryService,
  residents: number,
  name: string,
  rooms: readonly Pick<Eligibility, 'check'>[],
): Promise<readonly Latencies[]> => {
  const talking = { goesOn: true };
  const talked = benchPath(service, await questionsOf(service), residents, talk, name).finally(() => {
    talking.goesOn = false;
  });
  const times = rooms.map((): number[] => []);
  const started = performance.now();
  for (let number = 0; number < checks && talking.goesOn; number += 1) {
    const iin = maskedIin(iinOf(number * 997), service.secrets.lists);
    for (const [place, { check }] of rooms.entries()) {
      const before = performance.now();
      await check({ iin, programme: 'all', contactId: `${name}-${number}` });
      times[place]?.push(performance.now() - before);
    }
    await setTimeout(5);
  }
  const ms = performance.now() - started;
  await talked;
  return times.map((each) => summary(each, ms));
};

/** What one check costs; counts are written off its way. */
const commandsOfCheck = async ({ uri, secrets }: TemporaryService): Promise<number> => {
  let commands = 0;
  const connection = await openDatabase(uri, () => {
    commands += 1;
  });
  try {
    const parts = { store: createStore(connection), clocks: systemClocks, secret: secrets.lists, checksPerHour: 10 };
    commands = 0;
    const answer = await createEligibility(parts).check({
      iin: maskedIin(iinOf(1), secrets.lists),
      programme: programmeId,
      contactId: 'price',
    });
    const isFound = answer.kind === 'checked' && answer.results[0]?.outcome.kind === 'listed';
    if (!isFound) throw new Error('A loaded person was not found.');
    return commands;
  } finally {
    await connection.close();
  }
};

/** @param tell says how far it is: a million rows take their time */
export const benchLists = async (
  service: TemporaryService,
  { residents, rows }: { readonly residents: number; readonly rows: number },
  tell: (step: string) => void,
): Promise<ListsBench> => {
  const { core, uri, secrets } = service;
  tell(`insertMany of ${rows} rows`);
  const bare = await inOtherDatabase(uri, 'bare', (store) => insertBare(store, rows, secrets.lists));
  tell('loading');
  const first = await load(service, rows, bare);
  tell(`${JSON.stringify({ bare, first })}; loading again`);
  const again = await load(service, rows, bare);
  tell(`${JSON.stringify({ again })}; checking while ${residents} residents talk`);
  return inOtherDatabase(uri, 'empty', async (store) => {
    await loadStarterContent({ store, clocks: systemClocks, secret: secrets.lists });
    for (const { _id, activeBatch } of await store.recipients.lists()) {
      await store.recipients.removeBatch(activeBatch, [_id]);
    }
    const empty = createEligibility({ store, clocks: systemClocks, secret: secrets.lists, checksPerHour: 10 });
    await checkWhileTalking(service, residents, 'warm', [empty, core.eligibility]);
    const [emptyLists, fullList] = await checkWhileTalking(service, residents, 'talk', [empty, core.eligibility]);
    if (!emptyLists || !fullList) throw new Error('Nothing was measured.');
    const p95Ratio = Number((fullList.p95Ms / emptyLists.p95Ms).toFixed(2));
    const commands = await commandsOfCheck(service);
    const check = { residentsTalking: residents, emptyLists, fullList, p95Ratio, commands };
    return { rows, insertMany: { rowsPerSecond: bare }, load: first, again, check };
  });
};
