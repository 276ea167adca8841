/** Inbox, conversations and what a specialist does with a ticket. */
import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { Articles } from '../../facts/articles/articles.js';
import { TicketError } from '../../facts/tickets/ticket-error.js';
import type { ConversationView, Tickets } from '../../facts/tickets/tickets.js';
import type { Identity } from '../identity/identity.js';
import { ConversationPage } from './conversation-page.js';
import { draftForm, parseForm, pathId, replyForm } from './forms.js';
import { InboxPage } from './inbox-page.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';

export interface TicketRoutesOptions {
  readonly identity: Identity;
  readonly tickets: Tickets;
  readonly articles: Pick<Articles, 'list'>;
}

export const namesOf = async (identity: Identity): Promise<ReadonlyMap<string, string>> =>
  new Map((await identity.everyone()).map((member) => [member.id, member.name]));

/** The HTTP status of a refused action: gone, or overtaken by somebody, or wrong input. */
const statusOf = (error: TicketError): number =>
  error.code === 'not-found' ? 404 : error.code === 'empty-text' || error.code === 'too-long' ? 422 : 409;

export const addTicketRoutes = (router: Router, { identity, tickets, articles }: TicketRoutesOptions): void => {
  const sendConversation = async (
    res: Response,
    status: number,
    view: ConversationView | null,
    shown: { notice?: string; typed?: string; requestId?: string } = {},
  ): Promise<void> => {
    const context = contextOf(res);
    if (!view) return renderMessage(res, 404, context.t('error.notFound'));
    const path = view.ticket ? `/staff/tickets/${view.ticket._id}` : `/staff/conversations/${view.conversation._id}`;
    sendPage(
      res,
      status,
      <ConversationPage
        context={{ ...context, path, ...(shown.notice ? { notice: shown.notice } : {}) }}
        view={view}
        names={await namesOf(identity)}
        articles={await articles.list()}
        requestId={shown.requestId ?? randomUUID()}
        typed={shown.typed ?? ''}
      />,
    );
  };
  /** Does the action and shows the conversation; a refusal is a sentence on the same page, with what was typed still there. */
  const act = async (req: Request, res: Response, work: (ticketId: string) => Promise<unknown>): Promise<void> => {
    const ticketId = pathId(req);
    try {
      await work(ticketId);
      res.redirect(303, `/staff/tickets/${ticketId}`);
    } catch (error) {
      if (!(error instanceof TicketError)) throw error;
      const names = await namesOf(identity);
      const { t } = contextOf(res);
      const notice = t(`refusal.${error.code}`, { name: names.get(error.by ?? '') ?? t('conversation.specialist') });
      const body: Record<string, unknown> = req.body ?? {};
      await sendConversation(res, statusOf(error), await tickets.view(ticketId), {
        notice,
        ...(typeof body.text === 'string' && typeof body.requestId === 'string'
          ? { typed: body.text, requestId: body.requestId }
          : {}),
      });
    }
  };
  const isAdmin = (res: Response): boolean => staffOf(res).role === 'admin';

  router.get('/inbox', async (_req: Request, res: Response) => {
    const [inbox, names] = await Promise.all([tickets.list(staffOf(res).id), namesOf(identity)]);
    sendPage(res, 200, <InboxPage context={contextOf(res)} inbox={inbox} names={names} />);
  });
  router.get('/tickets/:id', async (req: Request, res: Response) =>
    sendConversation(res, 200, await tickets.view(pathId(req))),
  );
  router.get('/conversations/:id', async (req: Request, res: Response) =>
    sendConversation(res, 200, await tickets.viewConversation(pathId(req))),
  );
  router.post('/tickets/:id/claim', (req: Request, res: Response) =>
    act(req, res, (id) => tickets.claim(id, staffOf(res).id)),
  );
  router.post('/tickets/:id/release', (req: Request, res: Response) =>
    act(req, res, (id) => tickets.release(id, staffOf(res).id, isAdmin(res))),
  );
  router.post('/tickets/:id/resolve', (req: Request, res: Response) =>
    act(req, res, (id) => tickets.resolve(id, staffOf(res).id, isAdmin(res))),
  );
  router.post('/tickets/:id/reply', (req: Request, res: Response) => {
    const form = parseForm(replyForm, req);
    return act(req, res, (id) => tickets.reply(id, { ...form, staffId: staffOf(res).id }));
  });
  router.post('/tickets/:id/drafts/:draftId', (req: Request, res: Response) => {
    const { verdict, text } = parseForm(draftForm, req);
    const draftId = pathId(req, 'draftId');
    const staffId = staffOf(res).id;
    return act(req, res, (id) =>
      verdict === 'discard'
        ? tickets.discardDraft(id, draftId, staffId)
        : tickets.sendDraft(id, draftId, verdict === 'edited' ? { staffId, text } : { staffId }),
    );
  });
};
