/** The room of the lexicon: gives the index its concepts, and editors a list, a check and a change that is in force at once. */
import type { Clocks } from '../../clock.js';
import type { Bilingual } from '../../language.js';
import type { ConceptChangeDocument, ConceptDocument, LexiconRows } from '../../store/lexicon.js';
import type { Session } from '../../store/session.js';
import type { IndexedConcept, IndexMaterial } from '../../understand/contract.js';
import { type ConceptFields, conceptFields, wordConflicts } from './concept-fields.js';

/** One fault of a concept: `field` as a path (`words.ru`), `code` such as `empty`, `no-word`, `word-taken`. */
export interface ConceptFault {
  readonly field: string;
  readonly code: string;
  /** The word in question. */
  readonly word?: string;
  /** The name of the concept that holds it (`word-taken`). */
  readonly holder?: Bilingual;
}
export type LexiconErrorCode = 'not-found' | 'stale' | 'invalid';
/** Why a change to the lexicon was refused; the pages turn the code into a sentence. */
export class LexiconError extends Error {
  override readonly name = 'LexiconError';
  constructor(
    readonly code: LexiconErrorCode,
    readonly faults: readonly ConceptFault[] = [],
    /** Who changed it in between (`stale`). */
    readonly by?: string,
  ) {
    super(code);
  }
}

export interface ConceptView extends ConceptFields {
  readonly id: string;
  /** To be handed back with the next change. */
  readonly version: number;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** Concepts that staff add stand after those of the pack. */
const lastPosition = 1_000_000;

const view = ({ _id: id, fields, version, updatedAt, updatedBy }: ConceptDocument): ConceptView => ({
  id,
  ...fields,
  version,
  updatedAt,
  updatedBy,
});
const indexed = ({ _id: id, fields: { words } }: ConceptDocument): IndexedConcept => ({ id, words });

/** @throws LexiconError `invalid` with every fault: of the fields themselves, and of words that another concept holds. */
const checked = (id: string, { name, words }: ConceptFields, all: readonly ConceptDocument[]): ConceptFields => {
  const result = conceptFields.safeParse({ name, words });
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message, code }): ConceptFault => {
      const [part, language, index] = path;
      const word = part === 'words' ? words[language as 'kk' | 'ru']?.[index as number] : undefined;
      const named = ['empty', 'too-long', 'too-many', 'no-word'].includes(message);
      return {
        field: `${String(part)}.${String(language)}`,
        code: named ? message : code === 'too_big' ? 'too-many' : 'wrong-form',
        ...(word === undefined ? {} : { word }),
      };
    });
    throw new LexiconError('invalid', faults);
  }
  const others = all.filter((document) => document._id !== id);
  const taken = wordConflicts([...others.map(indexed), { id, words: result.data.words }])
    .filter(({ concept }) => concept === id)
    .map(({ language, word, holder }): ConceptFault => {
      const held = others.find((document) => document._id === holder);
      return { field: `words.${language}`, code: 'word-taken', word, ...(held ? { holder: held.fields.name } : {}) };
    });
  if (taken.length > 0) throw new LexiconError('invalid', taken);
  return result.data;
};

export interface LexiconParts {
  readonly store: {
    readonly lexicon: LexiconRows;
    transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  };
  readonly clocks: Clocks;
}

export const createLexicon = ({ store, clocks }: LexiconParts) => {
  const { lexicon } = store;
  return {
    /** What the index is made of, in the order of the concepts. */
    indexMaterial: async (): Promise<IndexMaterial['lexicon']> => (await lexicon.all()).map(indexed),
    list: async (): Promise<readonly ConceptView[]> => (await lexicon.all()).map(view),
    async find(id: string): Promise<ConceptView | null> {
      const document = await lexicon.find(id);
      return document ? view(document) : null;
    },
    /** The latest hundred changes of a concept, the latest first. */
    history: (id: string): Promise<readonly ConceptChangeDocument[]> => lexicon.history(id, 100),
    /**
     * The lexicon as the index would get it with this change, for a trial before it is public. Nothing is written.
     * @throws LexiconError invalid
     */
    async materialWith(id: string, fields: ConceptFields): Promise<IndexMaterial['lexicon']> {
      const all = await lexicon.all();
      const changed = { id, words: checked(id, fields, all).words };
      const now = all.map(indexed);
      return now.some((concept) => concept.id === id)
        ? now.map((concept) => (concept.id === id ? changed : concept))
        : [...now, changed];
    },
    /**
     * Makes these the concept's words from the next message on, in every process. A concept without words does nothing.
     * @param version as the editor saw it; 0 for a new concept, whose id the caller makes
     * @throws LexiconError invalid, not-found, stale (somebody changed it in between)
     */
    publish: (id: string, fields: ConceptFields, by: string, version: number): Promise<ConceptView> =>
      store.transaction(async (session) => {
        const all = await lexicon.allInside(session);
        const now = all.find((document) => document._id === id);
        if (!now && version > 0) throw new LexiconError('not-found');
        if ((now?.version ?? 0) !== version) throw new LexiconError('stale', [], now?.updatedBy);
        const document: ConceptDocument = {
          _id: id,
          position: now?.position ?? lastPosition,
          origin: now?.origin ?? { pack: false },
          fields: checked(id, fields, all),
          version: version + 1,
          updatedAt: clocks.real.now(),
          updatedBy: by,
        };
        await lexicon.put(session, document, now ? 'changed' : 'created');
        return view(document);
      }),
  };
};
export type Lexicon = ReturnType<typeof createLexicon>;
