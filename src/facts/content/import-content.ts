/** Brings a content pack into the store: by id, all or nothing, and never over what staff changed unless that is asked for. */
import type { Clocks } from '../../clock.js';
import { hmacOfDigits } from '../../inbound/iin-hmac.js';
import type { ArticleRows } from '../../store/articles.js';
import type { CheckpointRows } from '../../store/checkpoints.js';
import type { Origin, PackNote } from '../../store/origin.js';
import type { ProgrammeRows } from '../../store/programmes.js';
import type { ListDocument, RecipientDocument, RecipientRows } from '../../store/recipients.js';
import type { Session } from '../../store/session.js';
import { contentHash } from './content-hash.js';
import type { ContentPack, PackList } from './pack.js';

export interface ContentStore {
  readonly articles: ArticleRows;
  readonly programmes: ProgrammeRows;
  readonly checkpoints: CheckpointRows;
  readonly recipients: RecipientRows;
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
}
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Left alone because staff changed them. */
  readonly kept: number;
}
export interface ImportReport {
  readonly articles: Counts;
  readonly programmes: Counts;
  readonly vehicleKinds: Counts;
  readonly checkpoints: Counts;
  /** Ids that were left alone, as `article:pay-42500-who`. */
  readonly kept: readonly string[];
  /** Rows of the sample list put in force, by programme; a list that staff loaded is always kept. */
  readonly sampleList: Readonly<Record<string, number | 'unchanged' | 'kept'>>;
}
export interface ImportParts {
  readonly pack: ContentPack;
  readonly store: ContentStore;
  readonly clocks: Clocks;
  /** Secret of the lists. */
  readonly secret: string;
  /** Also over what staff changed. */
  readonly overwrite: boolean;
}

interface Stored {
  readonly _id: string;
  readonly version: number;
  readonly origin: Origin;
  readonly position: number;
}
interface Incoming<D> {
  readonly id: string;
  readonly hash: string;
  readonly position: number;
  make(version: number, origin: Origin): D;
}
type Verdict = 'created' | 'updated' | 'unchanged' | 'kept';

/**
 * What is to be done with one entry. Staff's work is what differs from the pack's last word: other fields, or a draft in hand.
 * @param storedHash of the fields in force, undefined where there is no such entry
 */
export const verdictOn = (
  stored: Stored | undefined,
  storedHash: string | undefined,
  inHand: boolean,
  hash: string,
  overwrite: boolean,
): Verdict => {
  if (!stored) return 'created';
  if (storedHash === hash && !(overwrite && inHand)) return 'unchanged';
  const changedByStaff = inHand || !stored.origin.pack || stored.origin.hash !== storedHash;
  return changedByStaff && !overwrite ? 'kept' : 'updated';
};

/** Validated content goes in within one transaction: another reader sees all of it or nothing. */
export const importContent = async (parts: ImportParts): Promise<ImportReport> => {
  const { pack, store, clocks, secret, overwrite } = parts;
  const at = clocks.real.now();
  const stamp = { updatedAt: at, updatedBy: 'pack' };
  return store.transaction(async (session) => {
    const kept: string[] = [];
    const kind = async <D extends Stored>(
      name: string,
      stored: readonly D[],
      incoming: readonly Incoming<D>[],
      hashOf: (document: D) => string | undefined,
      inHand: (document: D) => boolean,
      write: (documents: readonly D[]) => Promise<void>,
      note: (id: string, note: PackNote) => Promise<void>,
    ): Promise<Counts> => {
      const counts = { created: 0, updated: 0, unchanged: 0, kept: 0 };
      const documents: D[] = [];
      for (const { id, hash, position, make } of incoming) {
        const now = stored.find((document) => document._id === id);
        const verdict = verdictOn(now, now && hashOf(now), now ? inHand(now) : false, hash, overwrite);
        counts[verdict] += 1;
        const origin = { pack: true, hash };
        if (verdict === 'created' || verdict === 'updated') documents.push(make((now?.version ?? 0) + 1, origin));
        else if (verdict === 'kept') kept.push(`${name}:${id}`);
        else if (now?.origin.hash !== hash || now.position !== position) await note(id, { origin, position });
      }
      await write(documents);
      return counts;
    };

    const articles = await kind(
      'article',
      await store.articles.readForImport(session),
      pack.articles.map(({ id, sample, fields }, position) => ({
        id,
        hash: contentHash({ fields, sample }),
        position,
        make: (version, origin) => ({
          _id: id,
          topic: fields.topic,
          position,
          published: fields,
          version,
          origin,
          sample,
          ...stamp,
        }),
      })),
      ({ published, sample }) => (published ? contentHash({ fields: published, sample }) : undefined),
      ({ draft }) => draft !== undefined,
      (documents) => store.articles.putFromImport(session, documents, at),
      (id, note) => store.articles.noteFromPack(session, id, note),
    );
    const programmes = await kind(
      'programme',
      await store.programmes.readForImport(session),
      pack.programmes.map(({ id, fields }, position) => ({
        id,
        hash: contentHash({ fields }),
        position,
        make: (version, origin) => ({ _id: id, fields, position, version, origin, ...stamp }),
      })),
      ({ fields }) => contentHash({ fields }),
      () => false,
      (documents) => store.programmes.putFromImport(session, documents),
      (id, note) => store.programmes.noteFromPack(session, id, note),
    );
    const vehicleKinds = await kind(
      'vehicle-kind',
      await store.checkpoints.kinds.readForImport(session),
      pack.vehicleKinds.map(({ id, name }, position) => ({
        id,
        hash: contentHash({ name }),
        position,
        make: (version, origin) => ({ _id: id, name, position, version, origin, ...stamp }),
      })),
      ({ name }) => contentHash({ name }),
      () => false,
      (documents) => store.checkpoints.kinds.putFromImport(session, documents),
      (id, note) => store.checkpoints.kinds.noteFromPack(session, id, note),
    );
    const checkpoints = await kind(
      'checkpoint',
      await store.checkpoints.readForImport(session),
      pack.checkpoints.map(({ id, sample, fields }, position) => ({
        id,
        hash: contentHash({ fields, sample }),
        position,
        make: (version, origin) => ({
          _id: id,
          fields,
          location: {
            type: 'Point' as const,
            coordinates: [fields.location.lon, fields.location.lat] as [number, number],
          },
          sample,
          position,
          version,
          origin,
          ...stamp,
        }),
      })),
      ({ fields, sample }) => contentHash({ fields, sample }),
      () => false,
      (documents) => store.checkpoints.putFromImport(session, documents),
      (id, note) => store.checkpoints.noteFromPack(session, id, note),
    );
    const sampleList = pack.sampleList
      ? await putSampleList(pack.sampleList, store.recipients, session, secret, at)
      : {};
    return { articles, programmes, vehicleKinds, checkpoints, kept, sampleList };
  });
};

/** Loads the sample rows of each programme that has no list yet or an older sample. */
const putSampleList = async (
  list: PackList,
  recipients: RecipientRows,
  session: Session,
  secret: string,
  at: Date,
): Promise<Record<string, number | 'unchanged' | 'kept'>> => {
  const inForce = await recipients.listsInside(session);
  const outcome: Record<string, number | 'unchanged' | 'kept'> = {};
  for (const programmeId of new Set(list.rows.map((row) => row.programme))) {
    const rows = list.rows.filter((row) => row.programme === programmeId);
    const batch = `sample-${hmacOfDigits(contentHash({ asOf: list.asOf, rows }), secret).slice(0, 16)}`;
    const now = inForce.find((each) => each._id === programmeId);
    if (now && (!now.sample || now.activeBatch === batch)) {
      outcome[programmeId] = now.sample ? 'unchanged' : 'kept';
      continue;
    }
    const documents = rows.map(({ iin, programme: _, ...row }): RecipientDocument => {
      const iinHmac = hmacOfDigits(iin, secret);
      return { _id: `${programmeId}:${batch}:${iinHmac}`, programmeId, batch, iinHmac, ...row };
    });
    const document: ListDocument = {
      _id: programmeId,
      activeBatch: batch,
      asOf: list.asOf,
      rows: rows.length,
      sample: true,
      loadedAt: at,
      loadedBy: 'pack',
    };
    await recipients.replaceInside(session, document, documents);
    outcome[programmeId] = rows.length;
  }
  return outcome;
};
