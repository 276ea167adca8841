/** Stands before every staff route: same origin for what changes anything, a session, a role that the table of access lets pass. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Clocks } from '../../clock.js';
import type { Queue } from '../../dialogue/fact-requests.js';
import type { Queues, QueueView } from '../../facts/queues/queues.js';
import type { InboxLists } from '../../facts/tickets/inbox.js';
import type { Tickets } from '../../facts/tickets/tickets.js';
import { type Language, languages } from '../../language.js';
import type { Store } from '../../store/store.js';
import type { Identity } from '../identity/identity.js';
import type { WebTexts } from '../texts.js';
import { mayPass, reachOf, ruleFor, subjectOf } from './access.js';
import { renderMessage } from './message-page.js';
import { type PageContext, type PageQueue, setContext } from './page-context.js';
import { type Translate, translator } from './staff-texts.js';

export const languageCookie = 'naqty.staff-language';

/** The interface's language: the cookie's, else the browser's, else Kazakh. */
export const languageOf = (req: Request): Language => {
  const cookie = (req.headers.cookie ?? '').split(/;\s*/).find((pair) => pair.startsWith(`${languageCookie}=`));
  const wanted = cookie?.slice(languageCookie.length + 1);
  return languages.find((language) => language === wanted) ?? (req.acceptsLanguages('kk', 'ru') === 'ru' ? 'ru' : 'kk');
};

/**
 * A form that a browser posts from another site carries that site's Origin. Where there is no Origin at all, no browser of the last years
 * sent it, and no session rides along.
 */
export const sameOrigin = (origin: string | undefined, host: string | undefined, baseUrl: string): boolean => {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host || from.origin === new URL(baseUrl).origin;
};

/** What a person wrote into a refused form: in words of our languages or with a blank, as no id, date or choice of a form is. */
const typedTexts = (body: unknown): readonly string[] =>
  Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, value]) =>
    name !== 'password' && typeof value === 'string' && /[^\x21-\x7e]/.test(value.trim()) ? [value] : [],
  );

export interface GuardOptions {
  readonly identity: Identity;
  readonly tickets: Pick<Tickets, 'queuesOf'>;
  readonly inbox: Pick<InboxLists, 'waiting' | 'late' | 'queuesWithMine'>;
  readonly queues: Pick<Queues, 'list'>;
  readonly store: Store;
  readonly texts: WebTexts;
  readonly clocks: Clocks;
  readonly baseUrl: string;
}

const pageQueue = ({ id, name, hiddenFor }: QueueView, language: Language, t: Translate): PageQueue => {
  const called = name?.[language] ?? t(`queue.${id}`);
  const hidden = hiddenFor !== undefined;
  return { name: hidden ? t('queues:hiddenName', { name: called }) : called, hidden };
};

/** From so many minutes before a queue closes who has tickets there is asked to hand them over. */
const shiftEndsWithinMs = 30 * 60_000;
const endOfShift = (
  list: readonly QueueView[],
  mine: ReadonlySet<Queue>,
  now: Date,
): Pick<PageContext, 'shiftEnds'> => {
  const concerned = list.filter(({ id }) => mine.has(id));
  if (concerned.some(({ openNow }) => !openNow)) return { shiftEnds: 'over' };
  const [first] = concerned.flatMap((queue) => queue.closesAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  return first && first.getTime() - now.getTime() <= shiftEndsWithinMs ? { shiftEnds: first } : {};
};

export const createGuard =
  ({ identity, tickets, inbox, queues, store, texts, clocks, baseUrl }: GuardOptions): RequestHandler =>
  async (req: Request, res: Response, next: NextFunction) => {
    res.set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'self'; img-src 'self' data:; style-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    const allowed = ruleFor(req.method, req.path);
    const language = languageOf(req);
    const [staff, mode, alarmed, list] = req.path.startsWith('/assets/')
      ? [null, 'answers' as const, null, []]
      : await Promise.all([identity.sessionOf(req), store.settings.mode(), store.channels.alarmed(), queues.list()]);
    const path = req.method === 'GET' ? req.originalUrl : '/staff';
    const channelDown = staff && alarmed ? { channelDown: alarmed } : {};
    const reach = staff ? reachOf(staff.role, staff.id, list) : [];
    const t = translator(texts, language);
    const waiting = inbox.waiting(reach);
    setContext(res, {
      language,
      t,
      queues: new Map(list.map((queue) => [queue.id, pageQueue(queue, language, t)])),
      mode,
      staff,
      path,
      now: clocks.real.now(),
      reach,
      waiting,
      late: staff && staff.role !== 'specialist' ? inbox.late(reach) : 0,
      ...channelDown,
      ...(staff ? endOfShift(list, inbox.queuesWithMine(staff.id, reach), clocks.business.now()) : {}),
    });
    /** False where the address names something of queues that this person does not answer in. */
    const isWithinReach = async (): Promise<boolean> => {
      const named = subjectOf(req.method, req.path);
      const within = named && (await tickets.queuesOf(named.subject, named.id));
      return (
        !within ||
        within.some((queue) => reach.includes(queue)) ||
        (staff?.role !== 'specialist' && within.length === 0)
      );
    };
    if (req.method !== 'GET' && req.method !== 'HEAD' && !sameOrigin(req.headers.origin, req.headers.host, baseUrl)) {
      renderMessage(res, 403, t('error.foreignForm'));
    } else if (mayPass(allowed, staff?.role)) {
      if (await isWithinReach()) next();
      else renderMessage(res, 403, t('inbox:otherQueue'));
    } else if (staff || allowed === undefined) {
      renderMessage(res, 403, t('error.forbidden'));
    } else if (req.method === 'GET' && !req.path.startsWith('/events')) {
      res.redirect(303, `/staff/sign-in?next=${encodeURIComponent(req.originalUrl)}`);
    } else {
      renderMessage(res, 401, t('error.signedOut'), typedTexts(req.body));
    }
  };
