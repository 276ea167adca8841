/** Brings a content pack into the store: by id, all or nothing, and never over what staff changed unless that is asked for. */
import type { Clocks } from '../../clock.js';
import type { ArticleRows } from '../../store/articles.js';
import type { CheckpointRows } from '../../store/checkpoints.js';
import type { ConceptDocument, LexiconRows } from '../../store/lexicon.js';
import type { Origin, PackNote } from '../../store/origin.js';
import type { ProgrammeRows } from '../../store/programmes.js';
import type { RecipientRows } from '../../store/recipients.js';
import type { Session } from '../../store/session.js';
import { wordConflicts } from '../lexicon/concept-fields.js';
import { contentHash } from './content-hash.js';
import type { ContentPack, PackConcept } from './pack.js';
import { putSampleList } from './sample-list.js';

export interface ContentStore {
  readonly articles: ArticleRows;
  readonly programmes: ProgrammeRows;
  readonly checkpoints: CheckpointRows;
  readonly lexicon: LexiconRows;
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
  readonly lexicon: Counts;
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
  /** It cannot stand beside what staff changed. */
  readonly barred?: boolean;
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
      for (const { id, hash, position, barred, make } of incoming) {
        const now = stored.find((document) => document._id === id);
        const verdict = barred
          ? 'kept'
          : verdictOn(now, now && hashOf(now), now ? inHand(now) : false, hash, overwrite);
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
      pack.programmes.map(({ id, sample, fields }, position) => ({
        id,
        hash: contentHash({ fields, sample }),
        position,
        make: (version, origin) => ({ _id: id, fields, sample, position, version, origin, ...stamp }),
      })),
      ({ fields, sample }) => contentHash({ fields, sample }),
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
    const concepts = await store.lexicon.allInside(session);
    const taken = takenFromStaff(pack.lexicon, concepts, overwrite);
    const lexicon = await kind(
      'concept',
      concepts,
      pack.lexicon.map(({ id, fields }, position) => ({
        id,
        hash: contentHash({ fields }),
        position,
        barred: taken.has(id),
        make: (version, origin) => ({ _id: id, fields, position, version, origin, ...stamp }),
      })),
      ({ fields }) => contentHash({ fields }),
      () => false,
      (documents) => store.lexicon.putFromImport(session, documents),
      (id, note) => store.lexicon.noteFromPack(session, id, note),
    );
    const sampleList = pack.sampleList
      ? await putSampleList(pack.sampleList, store.recipients, session, secret, at)
      : {};
    return { articles, programmes, vehicleKinds, checkpoints, lexicon, kept, sampleList };
  });
};

/** Concepts of the pack with a word that staff gave to another concept, which stays as it is: a word stands in one only. */
const takenFromStaff = (
  incoming: readonly PackConcept[],
  stored: readonly ConceptDocument[],
  overwrite: boolean,
): ReadonlySet<string> => {
  const staying = stored.filter((document) => {
    const fields = incoming.find(({ id }) => id === document._id)?.fields;
    return (
      fields === undefined ||
      verdictOn(document, contentHash({ fields: document.fields }), false, contentHash({ fields }), overwrite) ===
        'kept'
    );
  });
  const held = staying.map(({ _id: id, fields: { words } }) => ({ id, words }));
  const names = new Set(held.map(({ id }) => id));
  return new Set(
    incoming
      .filter(({ id }) => !names.has(id))
      .filter(({ id, fields: { words } }) =>
        wordConflicts([...held, { id, words }]).some((each) => each.concept === id),
      )
      .map(({ id }) => id),
  );
};
