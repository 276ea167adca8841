/** Reads a file into a batch that nobody is answered from yet: hashed rows in the store, what is faulty beside them, all counted. */
import { performance } from 'node:perf_hooks';
import { hmacOfDigits } from '../../inbound/iin-hmac.js';
import type { BatchShare, ListBatches } from '../../store/list-batches.js';
import { type ListDocument, type RecipientDocument, type RecipientRows, recipientId } from '../../store/recipients.js';
import type { ListRow } from './check-rows.js';
import type { Finding } from './findings.js';
import { type ListOrder, type ReadResult, readList } from './read-list.js';

export interface StageParts {
  readonly store: { readonly recipients: RecipientRows; readonly listBatches: ListBatches };
  /** Secret of the lists. */
  readonly secret: string;
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
const progressEveryMs = 1000;

type Tally = { -readonly [K in 'loaded' | 'added' | 'changed' | 'unchanged']: number };

/** @throws UnreadableList where the file is no list; what was staged until then is the caller's to remove */
export const stageList = async (order: ListOrder, parts: StageParts): Promise<Staged> => {
  const { store, secret, batch, inForce } = parts;
  const tallies = new Map<string, Tally>();
  const tallyOf = (programmeId: string): Tally => {
    const tally = tallies.get(programmeId) ?? { loaded: 0, added: 0, changed: 0, unchanged: 0 };
    tallies.set(programmeId, tally);
    return tally;
  };
  /** Counts rows against the list in force; `sign` -1 takes them back. */
  const compare = async (documents: readonly RecipientDocument[], sign: 1 | -1): Promise<void> => {
    for (const programmeId of new Set(documents.map((each) => each.programmeId))) {
      const own = documents.filter((each) => each.programmeId === programmeId);
      const tally = tallyOf(programmeId);
      tally.loaded += sign * own.length;
      const list = inForce.get(programmeId);
      const hmacs = own.map(({ iinHmac }) => iinHmac);
      const there = list ? await store.recipients.inBatch(programmeId, list.activeBatch, hmacs) : [];
      const known = new Map(there.map((each) => [each.iinHmac, each]));
      for (const document of own) {
        const now = known.get(document.iinHmac);
        if (!now) tally.added += sign;
        else if (saysTheSame(now, document)) tally.unchanged += sign;
        else tally.changed += sign;
      }
    }
  };
  const documentOf = ({ iin, programmeId, status, amount, date, district, reason }: ListRow): RecipientDocument => {
    const iinHmac = hmacOfDigits(iin, secret);
    const _id = recipientId(programmeId, batch, iinHmac);
    return { _id, programmeId, batch, iinHmac, status, amount, date, district, reason };
  };

  const writes = new Set<Promise<void>>();
  let failed: unknown;
  const write = async (documents: readonly RecipientDocument[]): Promise<void> => {
    const work = Promise.all([store.recipients.stage(documents), compare(documents, 1)])
      .then(() => undefined)
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
  let told = performance.now();
  try {
    const result = await readList(order, {
      async accept(rows) {
        waiting.push(...rows.map(documentOf));
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
        if (performance.now() - told < progressEveryMs) return;
        told = performance.now();
        await parts.progress(share, rows);
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
    const remove = async (): Promise<void> => {
      const documents = await Promise.all(
        [...new Set(ids.map((id) => id.split(':')[0] ?? ''))].map((programmeId) =>
          store.recipients.inBatch(
            programmeId,
            batch,
            ids.filter((id) => id.startsWith(`${programmeId}:`)).map((id) => id.slice(id.lastIndexOf(':') + 1)),
          ),
        ),
      );
      await compare(documents.flat(), -1);
      await store.recipients.unstage(ids);
      ids = [];
    };
    for (const { iin, programmeId } of takenBack) {
      ids.push(recipientId(programmeId, batch, hmacOfDigits(iin, secret)));
      if (ids.length >= rowsAtOnce) await remove();
    }
    if (ids.length > 0) await remove();
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

const saysTheSame = (one: RecipientDocument, other: RecipientDocument): boolean =>
  one.status === other.status &&
  one.amount === other.amount &&
  one.date === other.date &&
  one.district === other.district &&
  one.reason === other.reason;
