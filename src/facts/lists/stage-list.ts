/** Reads a file into a batch that nobody is answered from yet: hashed rows in the store, what is faulty beside them, all counted. */
import { performance } from 'node:perf_hooks';
import { hmacOfDigits, keyNameOf, type ListsKeys } from '../../inbound/iin-hmac.js';
import type { BatchShare, ListBatches } from '../../store/list-batches.js';
import { type ListDocument, type RecipientDocument, type RecipientRows, recipientId } from '../../store/recipients.js';
import type { Watches } from '../../store/watches.js';
import type { ListRow, TakenBack } from './check-rows.js';
import type { Finding } from './findings.js';
import { readInForce } from './in-force.js';
import { type ListOrder, type ReadResult, readList } from './read-list.js';

export interface StageParts extends ListsKeys {
  readonly store: {
    readonly recipients: RecipientRows;
    readonly listBatches: ListBatches;
    readonly watches: Pick<Watches, 'hashesUnderOther' | 'rekey'>;
  };
  readonly batch: string;
  /** When what was found is forgotten. */
  readonly findingsExpireAt: Date;
  /** Lists in force, by programme. */
  readonly inForce: ReadonlyMap<string, ListDocument>;
  /** Called about once a second. @throws to give up */
  progress(share: number, rows: number): Promise<void>;
}
export interface Staged extends ReadResult {
  readonly shares: readonly BatchShare[];
}
/** Rows written at once, and writes under way at the same time: the next rows are read while the last ones are written. */
const rowsAtOnce = 2000;
const writesAtOnce = 2;
const findingsAtOnce = 500;
/** Keys named in one command: not every engine takes many of them quickly. */
const removedAtOnce = 200;
const progressEveryMs = 1000;

type Tally = { -readonly [K in 'loaded' | 'added' | 'changed' | 'unchanged']: number };

/** @throws UnreadableList where the file is no list; what was staged until then is the caller's to remove */
export const stageList = async (order: ListOrder, parts: StageParts): Promise<Staged> => {
  const { store, secret, previousSecret, batch, inForce } = parts;
  const key = keyNameOf(secret);
  /** Hash under the key that the list in force of this programme stands under. */
  const hashInForce = (programmeId: string, iin: string, iinHmac: string): string =>
    previousSecret === undefined || (inForce.get(programmeId)?.key ?? '') === key
      ? iinHmac
      : hmacOfDigits(iin, previousSecret);
  /** Those who wait to be told and are known under the old key only: who stands in this list is known under the new one from now on. */
  const waitingForNew = previousSecret === undefined ? undefined : await store.watches.hashesUnderOther(key);
  let rekeyed: { from: string; to: string }[] = [];
  const tallies = new Map<string, Tally>();
  const standings = new Map<string, Awaited<ReturnType<typeof readInForce>>>();
  let told = performance.now();
  let [shareRead, rowsRead] = [0, 0];
  const tell = async (): Promise<void> => {
    if (performance.now() - told < progressEveryMs) return;
    told = performance.now();
    await parts.progress(shareRead, rowsRead);
  };
  /** Reads the lists in force of these programmes, each once. */
  const readStandings = async (rows: readonly ListRow[]): Promise<void> => {
    for (const { programmeId } of rows) {
      if (standings.has(programmeId)) continue;
      standings.set(programmeId, await readInForce(store.recipients, inForce.get(programmeId), tell));
      tallies.set(programmeId, { loaded: 0, added: 0, changed: 0, unchanged: 0 });
    }
  };
  /** Counts a row beside the list in force; `sign` -1 takes it back. */
  const count = ({ iin, programmeId, says }: TakenBack, iinHmac: string, sign: 1 | -1): void => {
    const [standing, tally] = [standings.get(programmeId), tallies.get(programmeId)];
    if (!standing || !tally) return;
    tally.loaded += sign;
    tally[standing(hashInForce(programmeId, iin, iinHmac), says)] += sign;
  };
  const documentOf = (row: ListRow): RecipientDocument => {
    const { programmeId, status, amount, date, district, reason } = row;
    const iinHmac = hmacOfDigits(row.iin, secret);
    count(row, iinHmac, 1);
    if (previousSecret !== undefined && waitingForNew && waitingForNew.size > 0) {
      const from = hmacOfDigits(row.iin, previousSecret);
      if (waitingForNew.has(from)) rekeyed.push({ from, to: iinHmac });
    }
    const _id = recipientId(programmeId, batch, iinHmac);
    return { _id, programmeId, batch, iinHmac, status, amount, date, district, reason };
  };

  const writes = new Set<Promise<void>>();
  let failed: unknown;
  const write = async (documents: readonly RecipientDocument[]): Promise<void> => {
    const work = store.recipients
      .stage(documents)
      .catch((error: unknown) => {
        failed ??= error ?? new Error('A part of the list could not be written.');
      })
      .finally(() => writes.delete(work));
    writes.add(work);
    if (writes.size >= writesAtOnce) await Promise.race(writes);
    if (failed !== undefined) throw failed;
  };
  let waiting: RecipientDocument[] = [];
  let found: Finding[] = [];
  let places = 0;
  const keepFindings = async (all: boolean): Promise<void> => {
    while (found.length >= findingsAtOnce || (all && found.length > 0)) {
      const part = found.slice(0, findingsAtOnce);
      found = found.slice(findingsAtOnce);
      await store.listBatches.addFindings(batch, places, part, parts.findingsExpireAt);
      places += 1;
    }
  };
  try {
    const result = await readList(order, {
      async accept(rows) {
        await readStandings(rows);
        waiting.push(...rows.map(documentOf));
        await store.watches.rekey(key, rekeyed);
        rekeyed = [];
        while (waiting.length >= rowsAtOnce) {
          const part = waiting.slice(0, rowsAtOnce);
          waiting = waiting.slice(rowsAtOnce);
          await write(part);
        }
      },
      async find(findings) {
        found.push(...findings);
        await keepFindings(false);
      },
      async progress(share, rows) {
        [shareRead, rowsRead] = [share, rows];
        await tell();
      },
    });
    await write(waiting);
    await Promise.all(writes);
    if (failed !== undefined) throw failed;
    await keepFindings(true);
    await takeBack(result);
    return { ...result, shares: [...tallies].map(([programmeId, tally]) => shareOf(programmeId, tally)) };
  } finally {
    await Promise.all(writes);
  }

  /** Removes the first rows of people about whom the file contradicts itself. */
  async function takeBack({ takenBack }: ReadResult): Promise<void> {
    let ids: string[] = [];
    for (const row of takenBack) {
      const iinHmac = hmacOfDigits(row.iin, secret);
      count(row, iinHmac, -1);
      ids.push(recipientId(row.programmeId, batch, iinHmac));
      if (ids.length < removedAtOnce) continue;
      await store.recipients.unstage(ids);
      await tell();
      ids = [];
    }
    await store.recipients.unstage(ids);
  }
  function shareOf(programmeId: string, tally: Tally): BatchShare {
    const list = inForce.get(programmeId);
    return {
      programmeId,
      ...tally,
      gone: list ? list.rows - tally.changed - tally.unchanged : 0,
      basedOn: list?.activeBatch ?? null,
      basedOnSample: list?.sample ?? false,
    };
  }
};
