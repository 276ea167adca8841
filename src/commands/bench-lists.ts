/** Recipients measured: loading a list beside a bare insertMany of the same rows, and a check among them beside one in an empty list. */
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { ListSource } from '../facts/lists/source.js';
import { checkDigit } from '../inbound/iin.js';
import { hmacOfDigits, maskedIin } from '../inbound/iin-hmac.js';
import { type RecipientDocument, recipientId } from '../store/recipients.js';
import { benchPath, type Latencies, questionsOf, summary } from './bench-path.js';
import type { TemporaryService } from './temporary-service.js';

export interface ListsBench {
  readonly rows: number;
  readonly insertMany: { readonly rowsPerSecond: number };
  readonly load: {
    readonly rowsPerSecond: number;
    /** Of the bare insertMany. */
    readonly share: number;
    /** Greatest resident memory of this process while it loaded, in megabytes. */
    readonly peakMb: number;
  };
  readonly check: {
    readonly emptyList: Latencies;
    readonly fullList: Latencies;
    readonly p95Ratio: number;
    /** Commands on the lists in one check: the look-up of the person, and of programmes with their lists. */
    readonly commandsPerCheck: number;
  };
}
const programmeId = 'pay-42500';
const header = 'iin,status,amount,date,district,reason\n';
const rowsAtOnce = 2000;
const checks = 300;
/** Messages of each resident, so that they talk at least as long as the checks take. */
const talk = 8;

/** A fictitious person by number: 0 to 30 million. */
const iinOf = (person: number): string => {
  const day = new Date(Date.UTC(1930, 0, 1 + Math.floor(person / 900))).toISOString().slice(2, 10).replaceAll('-', '');
  for (let serial = (person % 900) * 11; ; serial += 1) {
    const eleven = `${day}${person % 2 === 0 ? 3 : 4}${String(serial % 10_000).padStart(4, '0')}`;
    const digit = checkDigit(eleven);
    if (digit !== null) return `${eleven}${digit}`;
  }
};
/** The list as a file, made while it is read. */
const sourceOf = (rows: number): ListSource => {
  const line = (row: number): string => `${iinOf(row)},paid,42500,2020-04-16,aral,\n`;
  const size = header.length + rows * line(0).length;
  return {
    size,
    read: (from = 0, to = size) => {
      const beginning = async function* () {
        let written = 0;
        let text = header;
        for (let row = 0; row < rows && written < to; row += 1) {
          text += line(row);
          if (text.length < 65_536 && row + 1 < rows) continue;
          const bytes = Buffer.from(text).subarray(Math.max(0, from - written), to - written);
          written += text.length;
          text = '';
          if (bytes.length > 0) yield bytes;
        }
      };
      return Readable.from(beginning());
    },
  };
};

const insertBare = async ({ store, secrets }: TemporaryService, rows: number): Promise<number> => {
  const batch = 'bare';
  let ms = 0;
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const documents = Array.from({ length: Math.min(rowsAtOnce, rows - from) }, (_, at): RecipientDocument => {
      const iinHmac = hmacOfDigits(iinOf(from + at), secrets.lists);
      const _id = recipientId(programmeId, batch, iinHmac);
      const told = { status: 'paid', amount: 42_500, date: '2020-04-16', district: 'aral', reason: '' } as const;
      return { _id, programmeId, batch, iinHmac, ...told };
    });
    const started = performance.now();
    await store.recipients.stage(documents);
    ms += performance.now() - started;
  }
  await store.recipients.removeBatch(batch, [programmeId]);
  return Math.round((rows / ms) * 1000);
};

const load = async ({ core }: TemporaryService, rows: number) => {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const started = performance.now();
  const order = { source: sourceOf(rows), fileName: 'bench.csv', programmeId, asOf: '2020-04-16', by: 'command' };
  const batch = await (await core.lists.begin(order)).done;
  await core.lists.apply(batch._id, 'command', true);
  const ms = performance.now() - started;
  clearInterval(watch);
  if (batch.counts?.loaded !== rows) throw new Error(`Only ${batch.counts?.loaded ?? 0} of ${rows} rows were loaded.`);
  return { rowsPerSecond: Math.round((rows / ms) * 1000), peakMb: Math.round(peak / 1024 / 1024) };
};

/** Checks one after the other while residents talk. */
const checkWhileTalking = async (service: TemporaryService, residents: number, name: string): Promise<Latencies> => {
  const { core, secrets } = service;
  const talking = { goesOn: true };
  const talked = benchPath(service, await questionsOf(service), residents, talk, name).finally(() => {
    talking.goesOn = false;
  });
  const times: number[] = [];
  const started = performance.now();
  for (let number = 0; number < checks && talking.goesOn; number += 1) {
    const iin = maskedIin(iinOf(number * 997), secrets.lists);
    const before = performance.now();
    await core.eligibility.check({ iin, programme: 'all', contactId: `${name}-${number}` });
    times.push(performance.now() - before);
    await setTimeout(5);
  }
  const result = summary(times, performance.now() - started);
  await talked;
  return result;
};

export const benchLists = async (
  service: TemporaryService,
  { residents, rows }: { readonly residents: number; readonly rows: number },
): Promise<ListsBench> => {
  const { core, store, secrets, commands } = service;
  await checkWhileTalking(service, residents, 'warm');
  const emptyList = await checkWhileTalking(service, residents, 'empty');
  const insertMany = { rowsPerSecond: await insertBare(service, rows) };
  const loaded = await load(service, rows);
  const fullList = await checkWhileTalking(service, residents, 'full');
  const before = commands();
  await Promise.all([
    store.programmes.withLists('all'),
    store.recipients.ofPerson(hmacOfDigits(iinOf(1), secrets.lists)),
  ]);
  const commandsPerCheck = commands() - before;
  const answer = await core.eligibility.check({
    iin: maskedIin(iinOf(1), secrets.lists),
    programme: programmeId,
    contactId: 'last',
  });
  const isFound = answer.kind === 'checked' && answer.results[0]?.outcome.kind === 'listed';
  if (!isFound) throw new Error('A loaded person was not found.');
  return {
    rows,
    insertMany,
    load: { ...loaded, share: Number((loaded.rowsPerSecond / insertMany.rowsPerSecond).toFixed(2)) },
    check: { emptyList, fullList, p95Ratio: Number((fullList.p95Ms / emptyList.p95Ms).toFixed(2)), commandsPerCheck },
  };
};
