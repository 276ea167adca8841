/** What every staff page knows of the request it answers; kept in `res.locals` by the guard. */
import type { Response } from 'express';
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Language } from '../../language.js';
import type { Mode } from '../../store/settings.js';
import type { StaffMember } from '../identity/roles.js';
import type { Translate } from './staff-texts.js';

/** A queue as every page may name it. */
export interface PageQueue {
  /** In the reader's language. */
  readonly name: string;
  readonly hidden: boolean;
}
export interface PageContext {
  readonly language: Language;
  readonly t: Translate;
  readonly mode: Mode;
  /** Null on the sign-in page only. */
  readonly staff: StaffMember | null;
  /** Every queue by its id, hidden ones too, in the order of the pages. */
  readonly queues: ReadonlyMap<Queue, PageQueue>;
  /** Queues whose tickets this person may read. */
  readonly reach: readonly Queue[];
  /** How many tickets wait in those queues. */
  readonly waiting: number;
  /** How many promises are broken in those queues, for who leads them. */
  readonly late: number;
  /** This person has tickets in queues that close soon: when the first of them does (business time); or they are closed already. */
  readonly shiftEnds?: Date | 'over';
  /** Path and query of the page itself, for the language switch to come back to. */
  readonly path: string;
  /** A sentence shown above the page, such as why an action was refused. */
  readonly notice?: string;
  /** Since when WhatsApp has been down, once staff were told of it. */
  readonly channelDown?: Date;
  /** Real time, which the moments of tickets are in. */
  readonly now: Date;
}

/** What a queue is called; one that is gone stands by its id. */
export const queueName = ({ queues }: Pick<PageContext, 'queues'>, id: Queue): string => queues.get(id)?.name ?? id;
/** Queues that take questions. */
export const liveQueues = ({ queues }: Pick<PageContext, 'queues'>): readonly Queue[] =>
  [...queues].flatMap(([id, { hidden }]) => (hidden ? [] : [id]));

const contexts = new WeakMap<Response, PageContext>();
export const setContext = (res: Response, context: PageContext): void => void contexts.set(res, context);
/** @throws Error where the guard did not run: a route outside the staff router. */
export const contextOf = (res: Response): PageContext => {
  const context = contexts.get(res);
  if (!context) throw new Error('A staff page was asked for past the guard.');
  return context;
};
/** The member of staff behind a request that the guard let pass as one. */
export const staffOf = (res: Response): StaffMember => {
  const { staff } = contextOf(res);
  if (!staff) throw new Error('Nobody is signed in on a route that needs it.');
  return staff;
};
