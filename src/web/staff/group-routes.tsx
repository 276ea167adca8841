/** One answer for all who ask the same: the groups, the reply to one with its preview, taking it back, and the article made of it. */
import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { Clocks } from '../../clock.js';
import type { Queue, Topic } from '../../dialogue/fact-requests.js';
import { ArticleError } from '../../facts/articles/article-error.js';
import { longest } from '../../facts/articles/article-fields.js';
import type { Articles } from '../../facts/articles/articles.js';
import { dayAt, regionTimeZone } from '../../facts/day.js';
import { groupKey, topicOf } from '../../facts/tickets/alike.js';
import { queuedParts } from '../../facts/tickets/group-replies.js';
import type { GroupMember } from '../../facts/tickets/groups.js';
import type { InboxLists } from '../../facts/tickets/inbox.js';
import type { ReplyWarnings } from '../../facts/tickets/reply-warnings.js';
import { TicketError } from '../../facts/tickets/ticket-error.js';
import type { Tickets } from '../../facts/tickets/tickets.js';
import { languages } from '../../language.js';
import type { GroupReplyDocument } from '../../store/group-replies.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { Identity } from '../identity/identity.js';
import type { WebTexts } from '../texts.js';
import { AlikePage } from './alike-page.js';
import { AlikePreviewPage } from './alike-preview-page.js';
import { parseForm, pathId } from './forms.js';
import { draftFromReplyForm, type GroupForm, groupForm, groupReplyForm, textsOf } from './group-form.js';
import { GroupReplyPage } from './group-reply-page.js';
import { GroupsPage } from './groups-page.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { translator } from './staff-texts.js';
import { namesOf, refusalOf, statusOf } from './ticket-routes.js';

export interface GroupRoutesOptions {
  readonly identity: Identity;
  readonly tickets: Pick<
    Tickets,
    'find' | 'replyToGroup' | 'groupReply' | 'groupReplyRows' | 'undoGroupReply' | 'setGroup' | 'setGroupArticle'
  >;
  readonly inbox: Pick<InboxLists, 'groups' | 'alike' | 'within' | 'openByReceipt' | 'lastWords'>;
  readonly articles: Pick<Articles, 'list' | 'published' | 'create'>;
  readonly replyWarnings: ReplyWarnings;
  readonly texts: WebTexts;
  readonly clocks: Clocks;
}
/** Where an article stands that answers a queue's questions. */
const topicOfQueue: Readonly<Partial<Record<Queue, Topic>>> = {
  payments: 'payments',
  checkpoints: 'checkpoints',
  business: 'business',
  health: 'health',
};
/** Days until an article made of a reply is to be looked at again. */
const reviewDays = 30;

export const addGroupRoutes = (router: Router, options: GroupRoutesOptions): void => {
  const { identity, tickets, inbox, articles, replyWarnings, texts, clocks } = options;
  const reachOf = (res: Response) => contextOf(res).reach;
  const emptyForm = (): GroupForm => ({
    ...{ requestId: randomUUID(), tickets: [], textKk: '', textRu: '', closes: 'yes', step: 'edit', receipt: '' },
  });

  const sendAlike = async (
    res: Response,
    status: number,
    seed: TicketDocument,
    typed: GroupForm,
    shown: { notice?: string; chosen?: readonly string[]; changed?: string } = {},
  ): Promise<void> => {
    const context = { ...contextOf(res), path: `/staff/tickets/${seed._id}/alike` };
    const topic = topicOf(seed.label);
    const [members, names, article] = await Promise.all([
      inbox.alike(seed, context.reach, shown.changed),
      namesOf(identity),
      topic?.startsWith('faq:') ? articles.published(topic.slice('faq:'.length)) : null,
    ]);
    sendPage(
      res,
      status,
      <AlikePage
        context={{ ...context, ...(shown.notice ? { notice: shown.notice } : {}) }}
        {...{ seed, members, names, article, typed }}
        {...(shown.chosen ? { chosen: shown.chosen } : {})}
      />,
    );
  };
  const seedOf = (req: Request): Promise<TicketDocument | null> => tickets.find(pathId(req));

  router.get('/groups', async (_req: Request, res: Response) => {
    const context = contextOf(res);
    const [groups, list] = await Promise.all([inbox.groups(context.reach), articles.list()]);
    sendPage(res, 200, <GroupsPage context={context} groups={groups} articles={list} />);
  });
  router.get('/tickets/:id/alike', async (req: Request, res: Response) => {
    const seed = await seedOf(req);
    if (!seed) return renderMessage(res, 404, contextOf(res).t('error.notFound'));
    await sendAlike(res, 200, seed, emptyForm());
  });

  /** Takes one out of the group or puts one in; gives how the page is shown afterwards. */
  const adjust = async (res: Response, seed: TicketDocument, typed: GroupForm) => {
    const { t } = contextOf(res);
    if (typed.out !== undefined) {
      const [ticket] = await inbox.within([typed.out], reachOf(res));
      if (ticket && ticket._id !== seed._id) await tickets.setGroup(ticket._id, ticket._id);
      return { chosen: typed.tickets.filter((id) => id !== typed.out) };
    }
    const ticket = await inbox.openByReceipt(typed.receipt, reachOf(res));
    if (!ticket) return { chosen: typed.tickets, notice: t('groups:noSuchReceipt') };
    // A group that its words made gets a name by hand, so that whoever joins finds it from either side.
    if (seed.group === undefined && topicOf(seed.label) === undefined) await tickets.setGroup(seed._id, seed._id);
    if (ticket._id !== seed._id) await tickets.setGroup(ticket._id, groupKey(seed));
    return { chosen: [...typed.tickets, ticket._id], changed: ticket._id };
  };

  router.post('/tickets/:id/alike', async (req: Request, res: Response): Promise<void> => {
    const typed = parseForm(groupForm, req);
    const seed = await seedOf(req);
    const { t } = contextOf(res);
    if (!seed) return renderMessage(res, 404, t('error.notFound'));
    if (typed.out !== undefined || typed.put !== undefined) {
      const shown = await adjust(res, seed, typed);
      const fresh = (await seedOf(req)) ?? seed;
      return sendAlike(res, shown.notice ? 422 : 200, fresh, shown.notice ? typed : { ...typed, receipt: '' }, shown);
    }
    const chosen = await inbox.within(typed.tickets, reachOf(res));
    const ids = chosen.map(({ _id }) => _id);
    if (typed.step === 'edit') return sendAlike(res, 200, seed, typed, { chosen: ids });
    const said = textsOf(typed);
    const missing = languages.find((one) => said[one].trim() === '' && chosen.some(({ language }) => language === one));
    if (chosen.length === 0) return sendAlike(res, 422, seed, typed, { chosen: ids, notice: t('groups:nobody') });
    if (missing) {
      const notice = t('groups:textMissing', { language: t(`language.${missing}`) });
      return sendAlike(res, 422, seed, typed, { chosen: ids, notice });
    }
    if (typed.step === 'preview') {
      const known = new Map((await inbox.alike(seed, reachOf(res))).map((member) => [member.ticket._id, member]));
      const members = chosen.map(
        (ticket): GroupMember => known.get(ticket._id) ?? { ticket, words: undefined, near: true },
      );
      const warnings = { kk: replyWarnings(said.kk, 'kk'), ru: replyWarnings(said.ru, 'ru') };
      const context = { ...contextOf(res), path: `/staff/tickets/${seed._id}/alike` };
      return sendPage(res, 200, <AlikePreviewPage {...{ context, seed, members, typed, warnings }} />);
    }
    try {
      const request = { seed: seed._id, tickets: ids, texts: said, closes: typed.closes !== undefined };
      await tickets.replyToGroup({ ...request, requestId: typed.requestId, staffId: staffOf(res).id });
      res.redirect(303, `/staff/group-replies/${encodeURIComponent(typed.requestId)}`);
    } catch (error) {
      if (!(error instanceof TicketError)) throw error;
      await sendAlike(res, statusOf(error), seed, typed, { chosen: ids, notice: refusalOf(error, t) });
    }
  });

  /** What the article's form holds at first: the question in its writer's words, where they give away no number. */
  const draftOf = async (reply: GroupReplyDocument) => {
    const seed = await tickets.find(reply.seed);
    const words = seed && (await inbox.lastWords(seed));
    const asked = words && words.iins.length === 0 ? words.text.slice(0, longest.question) : '';
    const question = { kk: '', ru: '', ...(seed ? { [seed.language]: asked } : {}) };
    return { question, answer: { kk: reply.texts.kk ?? '', ru: reply.texts.ru ?? '' } };
  };
  const sendReply = async (res: Response, status: number, id: string, notice?: string): Promise<void> => {
    const context = contextOf(res);
    const reply = await tickets.groupReply(id);
    if (!reply) return renderMessage(res, 404, context.t('error.notFound'));
    const mine = new Set((await inbox.within(reply.tickets, context.reach)).map(({ _id }) => _id));
    const shown = { ...reply, parts: reply.parts.filter(({ ticketId }) => mine.has(ticketId)) };
    const found = await tickets.groupReplyRows(queuedParts(shown).map(({ outboxId }) => outboxId));
    const rows = new Map<string, OutboxDocument>(found.map((row) => [row._id, row]));
    const path = `/staff/group-replies/${encodeURIComponent(id)}`;
    const page = { ...context, path, ...(notice ? { notice } : {}) };
    const [names, draft] = await Promise.all([namesOf(identity), draftOf(reply)]);
    sendPage(res, status, <GroupReplyPage context={page} reply={shown} {...{ rows, names, draft }} />);
  };
  router.get('/group-replies/:id', (req: Request, res: Response) => sendReply(res, 200, pathId(req)));
  router.post('/group-replies/:id', async (req: Request, res: Response): Promise<void> => {
    parseForm(groupReplyForm, req);
    const id = pathId(req);
    try {
      await tickets.undoGroupReply(id, staffOf(res).id);
      res.redirect(303, `/staff/group-replies/${encodeURIComponent(id)}`);
    } catch (error) {
      if (!(error instanceof TicketError)) throw error;
      const { t } = contextOf(res);
      await sendReply(res, statusOf(error), id, refusalOf(error, t));
    }
  });
  router.post('/group-replies/:id/article', async (req: Request, res: Response): Promise<void> => {
    const form = parseForm(draftFromReplyForm, req);
    const id = pathId(req);
    const reply = await tickets.groupReply(id);
    const { t } = contextOf(res);
    if (!reply) return renderMessage(res, 404, t('error.notFound'));
    const queue = (await tickets.find(reply.seed))?.queue ?? 'other';
    const today = clocks.business.now();
    const articleId = `asked-${id
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '')
      .slice(0, 12)}`;
    const source = (language: 'kk' | 'ru') => translator(texts, language)('groups:article.source');
    try {
      await articles.create(
        articleId,
        {
          topic: topicOfQueue[queue] ?? 'services',
          question: { kk: form.questionKk.trim(), ru: form.questionRu.trim() },
          answer: { kk: form.answerKk.trim(), ru: form.answerRu.trim() },
          examples: { kk: [], ru: [] },
          keywords: [],
          source: { kk: source('kk'), ru: source('ru') },
          verifiedOn: dayAt(today, regionTimeZone),
          reviewBy: dayAt(new Date(today.getTime() + reviewDays * 86_400_000), regionTimeZone),
        },
        staffOf(res).id,
      );
    } catch (error) {
      if (!(error instanceof ArticleError)) throw error;
      if (error.code !== 'id-taken') return sendReply(res, 422, id, t('groups:article.refused'));
    }
    await tickets.setGroupArticle(id, articleId);
    res.redirect(303, `/staff/group-replies/${encodeURIComponent(id)}`);
  });
};
