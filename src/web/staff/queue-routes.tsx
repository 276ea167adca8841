/** Queues to read and to change, and the end of a shift. */
import type { Request, Response, Router } from 'express';
import { queues as queueIds } from '../../dialogue/fact-requests.js';
import type { Audit } from '../../facts/audit/audit.js';
import type { Queues } from '../../facts/queues/queues.js';
import type { InboxLists } from '../../facts/tickets/inbox.js';
import type { Tickets } from '../../facts/tickets/tickets.js';
import type { Identity } from '../identity/identity.js';
import { BadForm, parseForm, pathId, shiftForm } from './forms.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { queueForm, readQueueForm } from './queue-form.js';
import { QueuePage, type QueuePageProps, QueuesPage } from './queue-pages.js';
import { sendPage } from './render.js';
import { ShiftPage } from './shift-page.js';
import { namesOf } from './ticket-routes.js';

export interface QueueRoutesOptions {
  readonly identity: Identity;
  readonly queues: Queues;
  readonly audit: Pick<Audit, 'record'>;
  readonly tickets: Pick<Tickets, 'endShift'>;
  readonly inbox: Pick<InboxLists, 'claimedBy'>;
}

export const addQueueRoutes = (
  router: Router,
  { identity, queues, audit, tickets, inbox }: QueueRoutesOptions,
): void => {
  const sendQueue = async (
    res: Response,
    status: number,
    queue: QueuePageProps['queue'],
    shown: { notice?: string; typed?: QueuePageProps['typed'] } = {},
  ): Promise<void> => {
    const context = { ...contextOf(res), path: `/staff/queues/${queue.id}` };
    const everyone = await identity.everyone();
    const people = everyone.filter(({ role, disabled }) => !disabled && (role === 'specialist' || role === 'lead'));
    const { notice, typed } = shown;
    sendPage(
      res,
      status,
      <QueuePage
        context={{ ...context, ...(notice ? { notice } : {}) }}
        queue={queue}
        people={people}
        {...(typed ? { typed } : {})}
      />,
    );
  };
  const queueOf = (req: Request) => queueIds.find((one) => one === pathId(req));

  router.get('/queues', async (_req: Request, res: Response) => {
    const [list, names] = await Promise.all([queues.list(), namesOf(identity)]);
    sendPage(res, 200, <QueuesPage context={contextOf(res)} queues={list} names={names} />);
  });
  router.get('/queues/:id', async (req: Request, res: Response) => {
    const id = queueOf(req);
    const { t } = contextOf(res);
    if (!id) return renderMessage(res, 404, t('error.notFound'));
    const shown = req.query.done === 'saved' ? { notice: t('queues:saved') } : {};
    await sendQueue(res, 200, await queues.find(id), shown);
  });
  router.post('/queues/:id', async (req: Request, res: Response) => {
    const id = queueOf(req);
    const { t } = contextOf(res);
    if (!id) return renderMessage(res, 404, t('error.notFound'));
    const { version, ...typed } = parseForm(queueForm, req);
    const queue = await queues.find(id);
    try {
      const by = staffOf(res).id;
      if (await queues.save(id, version, readQueueForm({ version, ...typed }), by)) {
        await audit.record({ by, action: 'queue-changed', subject: `queue:${id}` });
        return res.redirect(303, `/staff/queues/${id}?done=saved`);
      }
      await sendQueue(res, 409, queue, { notice: t('queues:stale'), typed });
    } catch (error) {
      if (!(error instanceof BadForm)) throw error;
      await sendQueue(res, 422, queue, { notice: t(error.key, error.values), typed });
    }
  });

  router.get('/shift', async (req: Request, res: Response) => {
    const { id: staffId } = staffOf(res);
    const [mine, list, names] = await Promise.all([inbox.claimedBy(staffId), queues.list(), namesOf(identity)]);
    const concerned = list.filter(({ id }) => mine.some((ticket) => ticket.queue === id));
    const ids = [...new Set(concerned.flatMap(({ members }) => members))].filter((id) => id !== staffId);
    const colleagues = ids.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id) ?? '' }] : []));
    const { handed, returned } = req.query;
    const count = (value: unknown): number =>
      typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : 0;
    const base = contextOf(res);
    const context =
      returned === undefined
        ? base
        : { ...base, notice: base.t('inbox:shift.done', { handed: count(handed), returned: count(returned) }) };
    sendPage(res, 200, <ShiftPage context={context} mine={mine} colleagues={colleagues} />);
  });
  router.post('/shift', async (req: Request, res: Response) => {
    const { to } = parseForm(shiftForm, req);
    const { handed, returned } = await tickets.endShift(staffOf(res).id, to === '' ? undefined : to);
    res.redirect(303, `/staff/shift?handed=${handed}&returned=${returned}`);
  });
};
