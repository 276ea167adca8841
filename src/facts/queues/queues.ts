/** Queues as their members and leads see them: names, hours, targets, members, topics; and what a resident can be promised. */
import type { Clocks } from '../../clock.js';
import type { FactAnswers, Queue } from '../../dialogue/fact-requests.js';
import type { Bilingual } from '../../language.js';
import type { OfficeHours } from '../../office-hours.js';
import type { QueueChange, QueueDocument } from '../../store/queues.js';
import type { Store } from '../../store/store.js';
import type { Label } from '../../understand/contract.js';
import { lastResort, starterQueueFor, starterQueues } from './starter-routes.js';
import { afterWorking, type Calendar, closesAt, openAt } from './working-time.js';

export interface QueuesParts {
  readonly store: Pick<Store, 'queues'>;
  readonly clocks: Clocks;
  readonly newId: () => string;
  /** What holds where a queue has no setting of its own. */
  readonly officeHours: readonly OfficeHours[];
  readonly replyHours: number;
  readonly timeZone: string;
}
export interface QueueView {
  readonly id: Queue;
  /** Absent: a starter queue under the name that the locales give it. */
  readonly name?: Bilingual;
  /** Hidden for this queue, which got its tickets and topics. */
  readonly hiddenFor?: Queue;
  readonly members: readonly string[];
  readonly calendar: Calendar;
  /** The week is the queue's own, not the installation's. */
  readonly ownHours: boolean;
  /** Minutes of working time. */
  readonly firstReplyMinutes: number;
  readonly resolveMinutes: number;
  readonly openNow: boolean;
  /** When it next opens; now where it is open. */
  readonly opensAt: Date;
  /** When it next closes; absent where it is closed, or open for more than a day. */
  readonly closesAt?: Date;
  readonly version: number;
  /** Who changed it last. */
  readonly changedBy?: string;
}
export type HidingRefusal = 'stale' | 'last-resort' | 'no-such-target' | 'target-hidden';
/** Until when (real time) a resident is to have a first reply, and their question to be settled. */
export interface Deadlines {
  readonly answerBy: Date;
  readonly resolveBy: Date;
}

/** Settling takes so many times as long as a first reply, where the queue says nothing else. */
const resolveFactor = 12;
const minuteMs = 60_000;
/** Most queues, hidden ones among them: a list that a page and a select still show. */
export const mostQueues = 60;
const isStarter = (id: Queue): boolean => (starterQueues as readonly string[]).includes(id);

/** Where what belongs to a queue goes now: to itself, or on to whichever it was hidden for. */
const followed = (id: Queue, rows: ReadonlyMap<Queue, Pick<QueueDocument, 'hiddenFor'>>): Queue => {
  const seen = new Set<Queue>();
  let at = id;
  while (!seen.has(at)) {
    seen.add(at);
    if (!rows.has(at) && !isStarter(at)) return lastResort;
    const next = rows.get(at)?.hiddenFor;
    if (next === undefined) return at;
    at = next;
  }
  return lastResort;
};

export const createQueues = ({ store, clocks, newId, officeHours, replyHours, timeZone }: QueuesParts) => {
  const view = (id: Queue, row: QueueDocument | null): QueueView => {
    const firstReplyMinutes = row?.firstReplyMinutes ?? replyHours * 60;
    const now = clocks.business.now();
    const calendar = { week: row?.hours ?? officeHours, days: row?.days ?? [], timeZone };
    const closes = closesAt(calendar, now);
    return {
      id,
      ...(row?.name ? { name: row.name } : {}),
      ...(row?.hiddenFor === undefined ? {} : { hiddenFor: row.hiddenFor }),
      ...(row ? { changedBy: row.changedBy } : {}),
      members: row?.members ?? [],
      calendar,
      ownHours: row?.hours !== undefined,
      firstReplyMinutes,
      resolveMinutes: row?.resolveMinutes ?? firstReplyMinutes * resolveFactor,
      ...openAt(calendar, now),
      ...(closes ? { closesAt: closes } : {}),
      version: row?.version ?? 0,
    };
  };
  const find = async (id: Queue): Promise<QueueView> => view(id, await store.queues.find(id));
  const byId = async () => new Map((await store.queues.all()).map((row) => [row._id, row]));
  const stamp = (staffId: string) => ({ changedBy: staffId, changedAt: clocks.real.now() });
  /** The starters first, then those of staff's own making; what is hidden stands among them. */
  const list = async (): Promise<readonly QueueView[]> => {
    const rows = await byId();
    const own = [...rows.keys()].filter((id) => !isStarter(id));
    return [...starterQueues, ...own].map((id) => view(id, rows.get(id) ?? null));
  };
  return {
    list,
    /** Null where there is no such queue. */
    async known(id: Queue): Promise<QueueView | null> {
      const row = await store.queues.find(id);
      return row || isStarter(id) ? view(id, row) : null;
    },
    find,
    ofMember: store.queues.ofMember,
    /** Makes a queue, without members yet; null where there are as many as there may be. */
    async create(name: Bilingual, staffId: string): Promise<Queue | null> {
      if ((await list()).length >= mostQueues) return null;
      const id = `q-${newId().replaceAll('-', '').slice(0, 12)}`;
      await store.queues.save(id, 0, { name, members: [], days: [] }, stamp(staffId));
      return id;
    },
    /**
     * Hides a queue: its topics, and whatever still comes for it, go to `target`; `null` shows it again. Open tickets are moved by
     * `empty-hidden`. Gives why not, or null.
     */
    async hide(id: Queue, version: number, target: Queue | null, staffId: string): Promise<HidingRefusal | null> {
      if (target !== null) {
        if (id === lastResort) return 'last-resort';
        const rows = await byId();
        if (target === id || !(rows.has(target) || isStarter(target))) return 'no-such-target';
        if (followed(target, rows) !== target) return 'target-hidden';
      }
      return (await store.queues.setHidden(id, version, target, stamp(staffId))) ? null : 'stale';
    },
    /** The queue that a question under this label belongs to now. */
    async route(label: Label | undefined): Promise<Queue> {
      const [rows, topic] = await Promise.all([byId(), label === undefined ? null : store.queues.topic(label)]);
      return followed(topic?.queue ?? starterQueueFor(label), rows);
    },
    /** The queue of each of these labels now. */
    async routes(labels: readonly Label[]): Promise<ReadonlyMap<Label, Queue>> {
      const [rows, topics] = await Promise.all([byId(), store.queues.topics()]);
      const chosen = new Map(topics.map(({ _id, queue }) => [_id, queue]));
      return new Map(labels.map((label) => [label, followed(chosen.get(label) ?? starterQueueFor(label), rows)]));
    },
    /** Sends topics to a queue from the next question on. */
    sendTopics: (labels: readonly Label[], id: Queue, staffId: string): Promise<void> =>
      store.queues.sendTopics(labels, id, stamp(staffId)),
    /** Hidden queues and where their tickets belong, with who hid them. */
    async hidden(): Promise<readonly { readonly id: Queue; readonly target: Queue; readonly by: string }[]> {
      const rows = await byId();
      return [...rows.values()].flatMap(({ _id: id, hiddenFor, changedBy }) =>
        hiddenFor === undefined ? [] : [{ id, target: followed(id, rows), by: changedBy }],
      );
    },
    /** False where somebody changed the queue since `version` was read. */
    save: (id: Queue, version: number, change: QueueChange, staffId: string): Promise<boolean> =>
      store.queues.save(id, version, change, stamp(staffId)),
    assign: (memberId: string, ids: readonly Queue[], staffId: string): Promise<void> =>
      store.queues.assign(memberId, ids, stamp(staffId)),
    /** What the dialogue may promise for this queue at `now` (business time). */
    async hoursOf(id: Queue, now: Date): Promise<FactAnswers['office-hours']> {
      const { calendar, firstReplyMinutes } = await find(id);
      return { ...openAt(calendar, now), replyHours: Math.max(1, Math.ceil(firstReplyMinutes / 60)) };
    },
    /** Counted in the queue's working time by the business clock, given in real time: the clock of tickets. */
    async promise(id: Queue): Promise<Deadlines> {
      const { calendar, firstReplyMinutes, resolveMinutes } = await find(id);
      const [business, real] = [clocks.business.now(), clocks.real.now()];
      const after = (minutes: number): Date => {
        const due = afterWorking(calendar, business, minutes * minuteMs);
        return new Date(real.getTime() + due.getTime() - business.getTime());
      };
      return { answerBy: after(firstReplyMinutes), resolveBy: after(resolveMinutes) };
    },
  };
};
export type Queues = ReturnType<typeof createQueues>;
