/**
 * Live pages: `GET /staff/events` tells a browser which rooms changed, and in which conversation; the page that it concerns fetches itself
 * afresh. A change is a name, never a text: what a page may show stays with the page's own route.
 */
import type { Request, Response, Router } from 'express';
import type { Logger } from 'pino';
import type { Change, Changes } from '../../store/changes.js';
import type { Identity } from '../identity/identity.js';
import { staffOf } from './page-context.js';

const watched = [
  'tickets',
  'outbox',
  'messages',
  'conversations',
  'settings',
  'articles',
  'checkpoints',
  'lexicon',
  'channels',
  'ticket_notes',
  'presence',
  'group_replies',
] as const;
const heartbeatMs = 15_000;
const sessionCheckMs = 60_000;
/** Changes of one turn come within milliseconds of each other: one event tells of them all. */
const gatherMs = 120;
/** So many changes at once are told by their room alone: every page of that room looks. */
const mostNamed = 60;

/** "tickets/CONVERSATION" where a change belongs to a conversation, else the room's name. */
const nameOf = ({ collection, id, document }: Change): string => {
  const conversation = collection === 'conversations' ? id : document?.conversationId;
  return typeof conversation === 'string' ? `${collection}/${conversation}` : collection;
};
const roomsOf = (names: ReadonlySet<string>): readonly string[] =>
  names.size > mostNamed ? [...new Set([...names].map((name) => name.replace(/\/.*/, '')))] : [...names];

export interface EventsOptions {
  readonly identity: Identity;
  readonly changes: Pick<Changes, 'on' | 'onReset'>;
  readonly logger: Logger;
  readonly sessionCheckMs?: number;
}

/** Adds the stream; gives the function that ends every open one, for a stop that does not wait for browsers. */
export const addEvents = (router: Router, options: EventsOptions): (() => void) => {
  const { identity, changes, logger } = options;
  const open = new Set<Response>();

  router.get('/events', (req: Request, res: Response) => {
    const { id: staffId, role } = staffOf(res);
    res.status(200).set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    res.flushHeaders();
    const send = (event: string, body: string) => void res.write(`event: ${event}\ndata: ${body}\n\n`);
    let gathered = new Set<string>();
    let timer: NodeJS.Timeout | undefined;
    const note = (room: string) => {
      gathered.add(room);
      timer ??= setTimeout(() => {
        send('changed', roomsOf(gathered).join(' '));
        gathered = new Set();
        timer = undefined;
      }, gatherMs);
    };
    const off = [
      ...watched.map((room) => changes.on(room, (change) => note(nameOf(change)))),
      changes.onReset(() => send('reset', '')),
    ];
    const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs);
    const check = setInterval(() => {
      identity.sessionOf(req).then(
        (staff) => {
          if (staff?.id === staffId && staff.role === role) return;
          send('signed-out', '');
          res.end();
        },
        (error: Error) => logger.warn({ error: error.message }, 'A session could not be checked; it is tried again.'),
      );
    }, options.sessionCheckMs ?? sessionCheckMs);
    open.add(res);
    res.on('close', () => {
      for (const stop of off) stop();
      clearInterval(heartbeat);
      clearInterval(check);
      clearTimeout(timer);
      open.delete(res);
    });
    // A browser that connects (again) may have missed something: it refreshes once.
    send('hello', '');
  });

  return () => {
    for (const res of open) res.end();
  };
};
