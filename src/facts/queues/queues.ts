/** Queues as their members and leads see them: hours, targets, members; and what a resident can be promised. */
import type { Clocks } from '../../clock.js';
import { type FactAnswers, type Queue, queues as queueIds } from '../../dialogue/fact-requests.js';
import type { OfficeHours } from '../../office-hours.js';
import type { QueueChange, QueueDocument } from '../../store/queues.js';
import type { Store } from '../../store/store.js';
import { afterWorking, type Calendar, openAt } from './working-time.js';

export interface QueuesParts {
  readonly store: Pick<Store, 'queues'>;
  readonly clocks: Clocks;
  /** What holds where a queue has no setting of its own. */
  readonly officeHours: readonly OfficeHours[];
  readonly replyHours: number;
  readonly timeZone: string;
}
export interface QueueView {
  readonly id: Queue;
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
  readonly version: number;
}
/** Until when (real time) a resident is to have a first reply, and their question to be settled. */
export interface Deadlines {
  readonly answerBy: Date;
  readonly resolveBy: Date;
}

/** Settling takes so many times as long as a first reply, where the queue says nothing else. */
const resolveFactor = 12;
const minuteMs = 60_000;

export const createQueues = ({ store, clocks, officeHours, replyHours, timeZone }: QueuesParts) => {
  const view = (id: Queue, row: QueueDocument | null): QueueView => {
    const firstReplyMinutes = row?.firstReplyMinutes ?? replyHours * 60;
    const calendar = { week: row?.hours ?? officeHours, days: row?.days ?? [], timeZone };
    return {
      id,
      members: row?.members ?? [],
      calendar,
      ownHours: row?.hours !== undefined,
      firstReplyMinutes,
      resolveMinutes: row?.resolveMinutes ?? firstReplyMinutes * resolveFactor,
      ...openAt(calendar, clocks.business.now()),
      version: row?.version ?? 0,
    };
  };
  const find = async (id: Queue): Promise<QueueView> => view(id, await store.queues.find(id));
  return {
    async list(): Promise<readonly QueueView[]> {
      const rows = await store.queues.all();
      return queueIds.map((id) => view(id, rows.find((row) => row._id === id) ?? null));
    },
    find,
    ofMember: store.queues.ofMember,
    /** False where somebody changed the queue since `version` was read. */
    save: (id: Queue, version: number, change: QueueChange, staffId: string): Promise<boolean> =>
      store.queues.save(id, version, change, { changedBy: staffId, changedAt: clocks.real.now() }),
    assign: (memberId: string, ids: readonly Queue[], staffId: string): Promise<void> =>
      store.queues.assign(memberId, ids, { changedBy: staffId, changedAt: clocks.real.now() }),
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
