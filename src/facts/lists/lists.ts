/** The room of lists: a file is read and compared first, put in force by a person, and taken back as easily. */
import type { Clocks } from '../../clock.js';
import { keyNameOf, type ListsKeys } from '../../inbound/iin-hmac.js';
import type { ListBatchDocument, ListBatches } from '../../store/list-batches.js';
import type { ProgrammeRows } from '../../store/programmes.js';
import type { EarlierList, ListDocument, RecipientRows } from '../../store/recipients.js';
import type { Session } from '../../store/session.js';
import type { Watches } from '../../store/watches.js';
import type { Audit } from '../audit/audit.js';
import type { ListProgramme } from './check-rows.js';
import type { ColumnMapping } from './columns.js';
import { type Finding, UnreadableList } from './findings.js';
import { ListError } from './list-error.js';
import { openList } from './open-list.js';
import { mappingFor } from './read-list.js';
import type { ListSource } from './source.js';
import { stageList } from './stage-list.js';

export interface ListsParts extends ListsKeys {
  readonly store: {
    readonly recipients: RecipientRows;
    readonly listBatches: ListBatches;
    readonly programmes: ProgrammeRows;
    readonly watches: Pick<Watches, 'hashesUnderOther' | 'rekey' | 'underOther' | 'removeUnderOther'>;
    transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  };
  readonly clocks: Clocks;
  readonly newId: () => string;
  readonly mask: (text: string) => string;
  readonly audit: Pick<Audit, 'record'>;
  /** Days that what was found in a file is kept. */
  readonly findingsDays?: number;
}
export interface NewList {
  readonly source: ListSource;
  readonly fileName: string;
  readonly programmeId: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly by: string;
  readonly sheet?: string | undefined;
  readonly mapping?: ColumnMapping | undefined;
}

/** Lists of a programme that can be gone back to. */
const keptVersions = 3;
/** From this share of people falling out on, somebody has to say that it is meant. */
export const shrinkShare = 0.2;
/** A reader that gave no sign for so long is dead. */
const desertedMs = 60_000;
const findingsDaysDefault = 30;
const dayMs = 86_400_000;

export const listProgrammes = async (programmes: Pick<ProgrammeRows, 'all'>): Promise<readonly ListProgramme[]> =>
  (await programmes.all()).map(({ _id: id, fields: { amount, shortName, statuses, statusNames } }) => ({
    id,
    amount,
    shortName,
    statuses,
    statusNames,
  }));

export const createLists = ({
  store,
  clocks,
  newId,
  secret,
  previousSecret,
  mask,
  audit,
  findingsDays = findingsDaysDefault,
}: ListsParts) => {
  const key = keyNameOf(secret);
  const { recipients, listBatches, programmes } = store;
  const realNow = (): Date => clocks.real.now();
  const programmesOf = ({ shares, programmeId }: ListBatchDocument): readonly string[] => [
    ...new Set([programmeId, ...(shares ?? []).map((share) => share.programmeId)]),
  ];
  /** Every programme, since a reader that died told nobody whose rows it had written. */
  const removeRows = async (batch: string): Promise<void> => {
    const all = await programmes.all();
    await recipients.removeBatch(
      batch,
      all.map(({ _id }) => _id),
    );
  };
  const mustFind = async (id: string): Promise<ListBatchDocument> => {
    const batch = await listBatches.find(id);
    if (!batch) throw new ListError('not-found');
    return batch;
  };

  return {
    programmes: () => listProgrammes(programmes),
    mappingOf: listBatches.mappingOf,
    batches: (limit: number): Promise<readonly ListBatchDocument[]> => listBatches.latest(limit),
    find: listBatches.find,
    findings: (id: string): AsyncGenerator<readonly Finding[]> => listBatches.findings(id),
    inForce: recipients.lists,
    /**
     * Looks whether a file can be read without asking anything.
     * @throws UnreadableList with what it is, or what has to be told first (mapping-needed, several-sheets)
     */
    async inspect(source: ListSource, programmeId: string, told: Pick<NewList, 'sheet' | 'mapping'>): Promise<void> {
      const mapping = told.mapping ?? (await listBatches.mappingOf(programmeId));
      mappingFor(await openList(source, { sheet: told.sheet, mapping }), mapping);
    },

    /**
     * Begins to read a file; resolves with the batch's id at once and with its end in `done`, which never rejects: what goes wrong stands
     * in the batch. Residents are answered from the old list all the while.
     * @throws ListError unknown-programme
     */
    async begin(list: NewList): Promise<{ readonly id: string; readonly done: Promise<ListBatchDocument> }> {
      const { source, programmeId, asOf, by, sheet } = list;
      const known = await listProgrammes(programmes);
      if (!known.some(({ id }) => id === programmeId)) {
        throw new ListError(
          'unknown-programme',
          known.map(({ id }) => id),
        );
      }
      const id = newId();
      const startedAt = realNow();
      await listBatches.create({
        _id: id,
        programmeId,
        state: 'reading',
        key,
        fileName: mask(list.fileName).slice(0, 200),
        size: source.size,
        asOf,
        by,
        startedAt,
        beatAt: startedAt,
        share: 0,
        rows: 0,
      });
      const mapping = list.mapping ?? (await listBatches.mappingOf(programmeId));
      const read = async (): Promise<ListBatchDocument> => {
        const order = { source, programmeId, programmes: known, asOf, mask, sheet, mapping };
        const staged = await stageList(order, {
          store,
          secret,
          previousSecret,
          batch: id,
          findingsExpireAt: new Date(startedAt.getTime() + findingsDays * dayMs),
          inForce: new Map((await recipients.lists()).map((each) => [each._id, each])),
          async progress(share, rows) {
            const alive = await listBatches.move(id, 'reading', { share, rows, beatAt: realNow() });
            if (!alive) throw new ListError('wrong-state');
          },
        });
        const { counts, shares } = staged;
        const rows = counts.loaded + counts.duplicates + counts.conflicts + counts.rejected;
        const set = { state: 'checked' as const, share: 1, rows, counts, shares: [...shares], mapping: staged.mapping };
        if (!(await listBatches.move(id, 'reading', { ...set, beatAt: realNow() }))) throw new ListError('wrong-state');
        if (list.mapping) await listBatches.keepMapping(programmeId, staged.mapping, by, realNow());
        await audit.record({
          by,
          action: 'list-checked',
          subject: `list:${id}`,
          details: { programme: programmeId, ...counts },
        });
        return mustFind(id);
      };
      const done = read().catch(async (error: unknown) => {
        const failure =
          error instanceof UnreadableList
            ? { code: error.code, names: error.names.map((name) => mask(name).slice(0, 100)).slice(0, 50) }
            : { code: 'interrupted', names: [] };
        await removeRows(id);
        await listBatches.move(id, 'reading', { state: 'failed', failure, settledAt: realNow() });
        return mustFind(id);
      });
      return { id, done };
    },

    /**
     * Puts a checked batch in force for every programme it holds rows of, in one transaction: another reader sees all of it or nothing.
     * @param confirmed that many people may fall out of a list
     * @throws ListError not-found, wrong-state, nothing-to-load, overtaken, shrinks
     */
    async apply(id: string, by: string, confirmed: boolean): Promise<void> {
      const entry = newId();
      const at = realNow();
      const dropped = await store.transaction(async (session) => {
        const batch = await listBatches.findInside(session, id);
        if (!batch) throw new ListError('not-found');
        if (batch.state !== 'checked' || !batch.counts || !batch.shares) throw new ListError('wrong-state');
        const shares = batch.shares.filter(({ loaded }) => loaded > 0);
        if (shares.length === 0) throw new ListError('nothing-to-load');
        const shrinking = shares.filter(
          ({ gone, changed, unchanged, basedOnSample }) =>
            !basedOnSample && gone > shrinkShare * (gone + changed + unchanged),
        );
        if (shrinking.length > 0 && !confirmed) {
          throw new ListError(
            'shrinks',
            shrinking.map(({ programmeId }) => programmeId),
          );
        }
        if (batch.key !== undefined && batch.key !== key) throw new ListError('overtaken', [batch.programmeId]);
        const old: { programmeId: string; batch: string }[] = [];
        for (const { programmeId, loaded, basedOn } of shares) {
          const now = await recipients.listInside(session, programmeId);
          if ((now?.activeBatch ?? null) !== basedOn) throw new ListError('overtaken', [programmeId]);
          const earlier = now ? [earlierOf(now), ...(now.earlier ?? [])] : [];
          old.push(...earlier.slice(keptVersions).map(({ activeBatch }) => ({ programmeId, batch: activeBatch })));
          await recipients.putInForce(session, {
            _id: programmeId,
            activeBatch: id,
            ...(batch.key === undefined ? {} : { key: batch.key }),
            asOf: batch.asOf,
            rows: loaded,
            sample: false,
            loadedAt: at,
            loadedBy: by,
            earlier: earlier.slice(0, keptVersions),
          });
        }
        // A file of several programmes stays in force where only one of them got a new list.
        const still = new Set((await recipients.listsInside(session)).map(({ activeBatch }) => activeBatch));
        for (const { basedOn } of shares) {
          if (basedOn && !still.has(basedOn))
            await listBatches.move(basedOn, 'applied', { state: 'replaced' }, session);
        }
        await listBatches.move(id, 'checked', { state: 'applied', settledAt: at, settledBy: by }, session);
        const details = {
          programmes: shares.map(({ programmeId }) => programmeId).join(', '),
          loaded: batch.counts.loaded,
        };
        await audit.record({ by, action: 'list-applied', subject: `list:${id}`, details }, session, entry);
        return old;
      });
      for (const { programmeId, batch } of dropped) await recipients.removeBatch(batch, [programmeId]);
    },

    /**
     * Takes back the file that is in force for a programme, at once and for every programme that is answered from it: each goes back to the
     * list before, and has none where there was none.
     * @throws ListError nothing-earlier
     */
    async rollBack(programmeId: string, by: string): Promise<void> {
      const entry = newId();
      const at = realNow();
      const { left, programmes: gone } = await store.transaction(async (session) => {
        const all = await recipients.listsInside(session);
        const now = all.find(({ _id }) => _id === programmeId);
        const [to] = now?.earlier ?? [];
        if (!now || !to) throw new ListError('nothing-earlier', [programmeId]);
        const state = { settledAt: at, settledBy: by };
        const together = all.filter(({ activeBatch }) => activeBatch === now.activeBatch);
        await listBatches.move(now.activeBatch, 'applied', { state: 'rolled-back', ...state }, session);
        for (const { _id, earlier: [back, ...earlier] = [] } of together) {
          if (back) {
            await recipients.putInForce(session, { _id, ...back, earlier });
            await listBatches.move(back.activeBatch, 'replaced', { state: 'applied', ...state }, session);
          } else await recipients.takeOutOfForce(session, _id);
        }
        const ids = together.map(({ _id }) => _id);
        const details = { programmes: ids.join(', '), from: now.asOf, to: to.asOf };
        await audit.record(
          { by, action: 'list-rolled-back', subject: `list:${now.activeBatch}`, details },
          session,
          entry,
        );
        return { left: now.activeBatch, programmes: ids };
      });
      await recipients.removeBatch(left, gone);
    },

    /** Puts a batch aside that was only read. @throws ListError not-found, wrong-state */
    async discard(id: string, by: string): Promise<void> {
      const batch = await mustFind(id);
      const set = { state: 'discarded' as const, settledAt: realNow(), settledBy: by };
      if (!(await listBatches.move(id, 'checked', set)) && !(await listBatches.move(id, 'reading', set))) {
        throw new ListError('wrong-state');
      }
      await recipients.removeBatch(id, programmesOf(batch));
      await removeRows(id);
      await audit.record({ by, action: 'list-discarded', subject: `list:${id}` });
    },

    /** What still stands under another key than the one in force: rows that can be answered from or gone back to, and wishes to be told. */
    async underOldKey(): Promise<{ readonly rows: number; readonly earlierRows: number; readonly wishes: number }> {
      if (previousSecret === undefined) return { rows: 0, earlierRows: 0, wishes: 0 };
      const all = await recipients.lists();
      const sum = (lists: readonly EarlierList[]): number =>
        lists.filter((each) => each.key !== key).reduce((rows, each) => rows + each.rows, 0);
      return {
        rows: sum(all),
        earlierRows: sum(all.flatMap(({ earlier = [] }) => earlier)),
        wishes: await store.watches.underOther(key),
      };
    },

    /** Gives up what stands under the key before: lists that could be gone back to, and wishes to be told. @throws ListError wrong-state */
    async forgetOldKey(by: string): Promise<void> {
      for (const { _id: programmeId, key: own, earlier = [] } of await recipients.lists()) {
        if (own !== key) throw new ListError('wrong-state', [programmeId]);
        await store.transaction((session) =>
          recipients.keepEarlier(
            session,
            programmeId,
            earlier.filter((each) => each.key === key),
          ),
        );
        for (const each of earlier.filter((other) => other.key !== key)) {
          await recipients.removeBatch(each.activeBatch, [programmeId]);
        }
      }
      await store.watches.removeUnderOther(key);
      await audit.record({ by, action: 'lists-key-forgotten', subject: `key:${key}` });
    },

    /** Removes what dead processes left half read; gives how many batches there were. */
    async sweep(): Promise<number> {
      const deserted = await listBatches.deserted(new Date(realNow().getTime() - desertedMs));
      for (const { _id: id } of deserted) {
        const failure = { code: 'interrupted', names: [] };
        if (!(await listBatches.move(id, 'reading', { state: 'failed', failure, settledAt: realNow() }))) continue;
        await removeRows(id);
      }
      return deserted.length;
    },
  };
};
export type Lists = ReturnType<typeof createLists>;

const earlierOf = ({ activeBatch, key, asOf, rows, sample, loadedAt, loadedBy }: ListDocument): EarlierList => ({
  activeBatch,
  ...(key === undefined ? {} : { key }),
  asOf,
  rows,
  sample,
  loadedAt,
  loadedBy,
});
