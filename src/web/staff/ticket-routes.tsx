/** Inbox, conversations and what a specialist does with a ticket. */
import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { CheckpointAnswer } from '../../dialogue/fact-requests.js';
import type { SealedIins } from '../../facts/appeals/sealed-iins.js';
import type { Articles } from '../../facts/articles/articles.js';
import type { CannedResponses } from '../../facts/canned/canned-responses.js';
import type { CheckpointFacts } from '../../facts/contract.js';
import type { OutgoingFiles } from '../../facts/files/outgoing-files.js';
import type { Queues } from '../../facts/queues/queues.js';
import type { InboxLists } from '../../facts/tickets/inbox.js';
import type { RecordView } from '../../facts/tickets/record-view.js';
import type { ReplyWarning, ReplyWarnings } from '../../facts/tickets/reply-warnings.js';
import type { Suggestions } from '../../facts/tickets/suggestions.js';
import { TicketError } from '../../facts/tickets/ticket-error.js';
import type { Tickets } from '../../facts/tickets/tickets.js';
import type { ConversationView, Reader } from '../../facts/tickets/view-conversation.js';
import type { Identity } from '../identity/identity.js';
import { ConversationPage } from './conversation-page.js';
import {
  BadForm,
  draftForm,
  fileForm,
  noteForm,
  parseForm,
  pathId,
  presenceForm,
  replyForm,
  resolveForm,
  transferForm,
  urgencyForm,
} from './forms.js';
import { readFilters } from './inbox-filters.js';
import { InboxPage } from './inbox-page.js';
import { renderMessage } from './message-page.js';
import { contextOf, liveQueues, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import type { Typed } from './reply-form.js';
import type { Translate } from './staff-texts.js';
import type { Colleague } from './transfer-form.js';
import { takeUpload } from './upload.js';

export interface TicketRoutesOptions {
  readonly identity: Identity;
  readonly tickets: Tickets;
  readonly inbox: InboxLists;
  readonly queues: Pick<Queues, 'list'>;
  readonly articles: Pick<Articles, 'list'>;
  readonly recordView: RecordView;
  readonly suggestions: Suggestions;
  readonly canned: Pick<CannedResponses, 'offered'>;
  readonly replyWarnings: ReplyWarnings;
  readonly sealedIins: Pick<SealedIins, 'ofTicket'>;
  readonly outgoingFiles: Pick<OutgoingFiles, 'mostBytes'>;
  readonly checkpoints: Pick<CheckpointFacts, 'near'>;
}

export const namesOf = async (identity: Identity): Promise<ReadonlyMap<string, string>> =>
  new Map((await identity.everyone()).map((member) => [member.id, member.name]));

const wrongInput: ReadonlySet<string> = new Set([
  'file-type',
  'file-size',
  'file-empty',
  'empty-text',
  'too-long',
  'unfilled',
  'note-missing',
  'note-too-long',
  'not-a-member',
]);
/** The HTTP status of a refused action: gone, or overtaken by somebody, or wrong input. */
export const statusOf = (error: TicketError): number =>
  error.code === 'not-found' ? 404 : wrongInput.has(error.code) ? 422 : 409;

/** The refusal in words; `name`: of the colleague whom it is about. */
export const refusalOf = (error: TicketError, t: Translate, name = t('conversation.specialist')): string =>
  t(`refusal.${error.code}`, { name, open: error.open.join(' ') });

/** Everybody who answers in a queue, once for each queue. */
const colleaguesOf = async (
  queues: Pick<Queues, 'list'>,
  names: ReadonlyMap<string, string>,
): Promise<readonly Colleague[]> =>
  (await queues.list()).flatMap(({ id: queue, members }) =>
    members.flatMap((id) => (names.has(id) ? [{ id, queue, name: names.get(id) ?? '' }] : [])),
  );

/** Shared places that are looked at: a resident on the way may send many. */
const shownPlaces = 3;

export const addTicketRoutes = (
  router: Router,
  {
    identity,
    tickets,
    inbox,
    queues,
    articles,
    recordView,
    suggestions,
    canned,
    replyWarnings,
    sealedIins,
    checkpoints,
    outgoingFiles,
  }: TicketRoutesOptions,
): void => {
  /** The checkpoint nearest to each of the latest places that the resident shared, by the message's id. */
  const nearestTo = async ({ entries }: ConversationView): Promise<ReadonlyMap<string, CheckpointAnswer>> => {
    const places = entries.flatMap((entry) =>
      entry.kind === 'incoming' && entry.message.location ? [{ id: entry.message._id, ...entry.message.location }] : [],
    );
    const found = await Promise.all(
      places.slice(-shownPlaces).map(async ({ id, latitude, longitude }) => {
        const [nearest] = await checkpoints.near(latitude, longitude);
        return nearest ? [[id, nearest] as const] : [];
      }),
    );
    return new Map(found.flat());
  };
  const readerOf = (res: Response): Reader => ({ staffId: staffOf(res).id, reach: contextOf(res).reach });
  const sendConversation = async (
    res: Response,
    status: number,
    view: ConversationView | null,
    shown: { notice?: string; typed?: Partial<Typed>; warnings?: readonly ReplyWarning[] } = {},
  ): Promise<void> => {
    const context = contextOf(res);
    if (!view) return renderMessage(res, 404, context.t('error.notFound'));
    const { ticket } = view;
    const path = ticket ? `/staff/tickets/${ticket._id}` : `/staff/conversations/${view.conversation._id}`;
    await recordView(view.conversation._id, staffOf(res).id, ticket?._id);
    if (ticket) await tickets.seen(ticket._id, staffOf(res).id);
    const names = await namesOf(identity);
    const open = ticket && ticket.status !== 'resolved' ? ticket : null;
    sendPage(
      res,
      status,
      <ConversationPage
        context={{ ...context, path, ...(shown.notice ? { notice: shown.notice } : {}) }}
        view={view}
        names={names}
        articles={await articles.list()}
        colleagues={await colleaguesOf(queues, names)}
        neighbours={ticket ? inbox.neighbours(staffOf(res).id, context.reach, ticket._id) : {}}
        suggestions={open ? await suggestions.for(open, context.reach) : []}
        canned={open ? await canned.offered(open, staffOf(res).name) : []}
        alike={open ? inbox.othersAlike(open, context.reach) : 0}
        warnings={shown.warnings ?? []}
        nearest={await nearestTo(view)}
        sealed={ticket ? await sealedIins.ofTicket(ticket) : []}
        typed={{ text: '', requestId: randomUUID(), noteId: randomUUID(), fileId: randomUUID(), ...shown.typed }}
      />,
    );
  };
  /** Does the action and shows the conversation; a refusal is a sentence on the same page, with what was typed still there. */
  const act = async (
    req: Request,
    res: Response,
    work: (ticketId: string) => Promise<unknown>,
    onTo = `/staff/tickets/${pathId(req)}`,
  ): Promise<void> => {
    const ticketId = pathId(req);
    try {
      await work(ticketId);
      res.redirect(303, onTo);
    } catch (error) {
      if (!(error instanceof TicketError)) throw error;
      const names = await namesOf(identity);
      const { t } = contextOf(res);
      const name = names.get(error.by ?? '') ?? t('conversation.specialist');
      const notice = refusalOf(error, t, name);
      const { text, requestId }: Record<string, unknown> = req.body ?? {};
      const isReply = typeof text === 'string' && typeof requestId === 'string' && req.path.endsWith('/reply');
      await sendConversation(res, statusOf(error), await tickets.view(ticketId, readerOf(res)), {
        notice,
        ...(isReply ? { typed: { text, requestId } } : {}),
      });
    }
  };
  /** A lead and an admin may act on what a colleague has. */
  const leads = (res: Response): boolean => staffOf(res).role !== 'specialist';

  router.get('/inbox', async (req: Request, res: Response) => {
    const { q, urgent, late, ...rest } = readFilters(req);
    const done = req.query.done === 'passed' ? { notice: contextOf(res).t('inbox:transfer.done') } : {};
    const context = { ...contextOf(res), ...done };
    const question = {
      ...rest,
      ...readerOf(res),
      ...(q ? { search: q } : {}),
      urgent: urgent === '1',
      late: late === '1',
    };
    const [list, names] = await Promise.all([inbox.list(question), namesOf(identity)]);
    sendPage(res, 200, <InboxPage context={context} inbox={list} filters={readFilters(req)} names={names} />);
  });
  router.get('/tickets/:id', async (req: Request, res: Response) =>
    sendConversation(res, 200, await tickets.view(pathId(req), readerOf(res))),
  );
  router.get('/conversations/:id', async (req: Request, res: Response) =>
    sendConversation(res, 200, await tickets.viewConversation(pathId(req), readerOf(res))),
  );
  router.post('/tickets/:id/claim', (req: Request, res: Response) =>
    act(req, res, (id) => tickets.claim(id, staffOf(res).id)),
  );
  router.post('/tickets/:id/release', (req: Request, res: Response) =>
    act(req, res, (id) => tickets.release(id, staffOf(res).id, leads(res))),
  );
  router.post('/tickets/:id/resolve', (req: Request, res: Response) => {
    const { spam } = parseForm(resolveForm, req);
    return act(req, res, (id) =>
      tickets.resolve(id, staffOf(res).id, { anyones: leads(res), spam: spam !== undefined }),
    );
  });
  router.post('/tickets/:id/urgency', (req: Request, res: Response) => {
    const { urgent } = parseForm(urgencyForm, req);
    return act(req, res, (id) => tickets.setUrgent(id, urgent === 'yes', staffOf(res).id));
  });
  router.post('/tickets/:id/reply', async (req: Request, res: Response): Promise<void> => {
    const { confirmed, ...form } = parseForm(replyForm, req);
    const view = confirmed === undefined ? await tickets.view(pathId(req), readerOf(res)) : null;
    const warnings = view?.ticket ? replyWarnings(form.text, view.ticket.language) : [];
    if (warnings.length > 0) return sendConversation(res, 422, view, { warnings, typed: form });
    await act(req, res, (id) => tickets.reply(id, { ...form, staffId: staffOf(res).id }));
  });
  router.post('/tickets/:id/file', async (req: Request, res: Response): Promise<void> => {
    const chunks: Buffer[] = [];
    let size = 0;
    const { fields, fileName } = await takeUpload(
      req,
      async (stream) => {
        for await (const chunk of stream) {
          size += chunk.length;
          if (size <= outgoingFiles.mostBytes) chunks.push(chunk);
        }
        return 'in memory';
      },
      async () => undefined,
    );
    const form = fileForm.safeParse(fields);
    if (!form.success) throw new BadForm('error.badForm');
    const sent = { ...form.data, staffId: staffOf(res).id, file: { name: fileName, bytes: Buffer.concat(chunks) } };
    await act(req, res, (id) => {
      if (size > outgoingFiles.mostBytes) throw new TicketError('file-size');
      return tickets.sendFile(id, sent);
    });
  });
  router.post('/tickets/:id/note', (req: Request, res: Response) => {
    const form = parseForm(noteForm, req);
    return act(req, res, (id) => tickets.note(id, { ...form, staffId: staffOf(res).id }));
  });
  router.post('/tickets/:id/transfer', async (req: Request, res: Response): Promise<void> => {
    const { target, note } = parseForm(transferForm, req);
    const [queue = '', to] = target.split(':');
    if (!liveQueues(contextOf(res)).includes(queue)) return renderMessage(res, 400, contextOf(res).t('error.badForm'));
    const passed = { queue, note, anyones: leads(res), staffId: staffOf(res).id, ...(to === undefined ? {} : { to }) };
    // What went to a queue of others is not this person's to read any more.
    const onTo = contextOf(res).reach.includes(queue) ? undefined : '/staff/inbox?done=passed';
    await act(req, res, (id) => tickets.transfer(id, passed), onTo);
  });
  router.post('/tickets/:id/presence', async (req: Request, res: Response) => {
    const { state } = parseForm(presenceForm, req);
    await tickets.present(pathId(req), staffOf(res).id, state);
    res.sendStatus(204);
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
