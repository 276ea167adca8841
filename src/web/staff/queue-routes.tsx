/** Queues to read and to change, and the end of a shift. */
import type { Request, Response, Router } from 'express';
import type { Articles } from '../../facts/articles/articles.js';
import type { Audit } from '../../facts/audit/audit.js';
import type { Eligibility } from '../../facts/eligibility/eligibility.js';
import type { EmptyHidden } from '../../facts/queues/empty-hidden.js';
import { mostQueues, type Queues } from '../../facts/queues/queues.js';
import { lastResort } from '../../facts/queues/starter-routes.js';
import type { InboxLists } from '../../facts/tickets/inbox.js';
import type { Tickets } from '../../facts/tickets/tickets.js';
import type { Language } from '../../language.js';
import type { Label } from '../../understand/contract.js';
import type { Identity } from '../identity/identity.js';
import type { WebTexts } from '../texts.js';
import { BadForm, parseForm, pathId, shiftForm } from './forms.js';
import { labelName } from './label-names.js';
import { renderMessage } from './message-page.js';
import { contextOf, type PageContext, staffOf } from './page-context.js';
import { hideForm, newQueueForm, queueForm, readQueueForm, readQueueName, topicsForm } from './queue-form.js';
import { QueuePage, type QueuePageProps, QueuesPage } from './queue-pages.js';
import type { RoutedTopic } from './queue-topics.js';
import { sendPage } from './render.js';
import { ShiftPage } from './shift-page.js';
import { translator } from './staff-texts.js';
import { namesOf } from './ticket-routes.js';

export interface QueueRoutesOptions {
  readonly identity: Identity;
  readonly queues: Queues;
  readonly emptyHidden: EmptyHidden;
  readonly articles: Pick<Articles, 'list'>;
  readonly eligibility: Pick<Eligibility, 'programmes'>;
  readonly texts: WebTexts;
  readonly audit: Pick<Audit, 'record'>;
  readonly tickets: Pick<Tickets, 'endShift'>;
  readonly inbox: Pick<InboxLists, 'claimedBy'>;
}

/** Topics that no article and no programme names. */
const serviceTopics: readonly Label[] = ['service:checkpoint-nearest', 'service:human', 'escalate'];
const doneKeys = ['saved', 'made', 'hidden', 'shown'] as const;

export const addQueueRoutes = (
  router: Router,
  { identity, queues, emptyHidden, articles, eligibility, texts, audit, tickets, inbox }: QueueRoutesOptions,
): void => {
  /** Every topic that a question can be handed over with, by its name, and where it goes now. */
  const routedTopics = async (context: PageContext): Promise<readonly RoutedTopic[]> => {
    const [list, programmes] = await Promise.all([articles.list(), eligibility.programmes()]);
    const labels = [
      ...new Set<Label>([
        ...list.map(({ id }) => `faq:${id}` as const),
        ...programmes.map(({ intent }) => intent),
        ...serviceTopics,
      ]),
    ];
    const routes = await queues.routes(labels);
    const nameOf = (label: Label): string => {
      const name = labelName(context, list, label);
      // A programme of staff's own making has no name in the locales.
      return name === label
        ? (programmes.find(({ intent }) => intent === label)?.shortName[context.language] ?? name)
        : name;
    };
    return labels.map((label) => ({
      label,
      name: nameOf(label),
      queue: routes.get(label) ?? lastResort,
    }));
  };
  const sendQueue = async (
    res: Response,
    status: number,
    queue: QueuePageProps['queue'],
    shown: { notice?: string; typed?: QueuePageProps['typed'] } = {},
  ): Promise<void> => {
    const context = { ...contextOf(res), path: `/staff/queues/${queue.id}` };
    // A name as it stands: without the mark of a hidden one.
    const named = (language: Language) => queue.name?.[language] ?? translator(texts, language)(`queue.${queue.id}`);
    const everyone = await identity.everyone();
    const people = everyone.filter(({ role, disabled }) => !disabled && (role === 'specialist' || role === 'lead'));
    const { notice, typed } = shown;
    sendPage(
      res,
      status,
      <QueuePage
        context={{ ...context, ...(notice ? { notice } : {}) }}
        queue={queue}
        name={{ kk: named('kk'), ru: named('ru') }}
        topics={await routedTopics(context)}
        people={people}
        {...(typed ? { typed } : {})}
      />,
    );
  };
  const sendQueues = async (res: Response, status: number, notice?: string): Promise<void> => {
    const [list, names] = await Promise.all([queues.list(), namesOf(identity)]);
    const context = { ...contextOf(res), path: '/staff/queues', ...(notice ? { notice } : {}) };
    sendPage(res, status, <QueuesPage context={context} queues={list} names={names} />);
  };

  router.get('/queues', (_req: Request, res: Response) => sendQueues(res, 200));
  router.post('/queues', async (req: Request, res: Response) => {
    const { t } = contextOf(res);
    const by = staffOf(res).id;
    const name = readQueueName(parseForm(newQueueForm, req, 'queues:noName'));
    const id = await queues.create(name, by);
    if (id === null) return sendQueues(res, 409, t('queues:tooMany', { limit: mostQueues }));
    await audit.record({ by, action: 'queue-changed', subject: `queue:${id}`, details: { made: name.ru } });
    res.redirect(303, `/staff/queues/${id}?done=made`);
  });
  router.post('/queues/:id/topics', async (req: Request, res: Response) => {
    const context = contextOf(res);
    const queue = await queues.known(pathId(req));
    if (!queue || queue.hiddenFor !== undefined) return renderMessage(res, 404, context.t('error.notFound'));
    const { topics, had } = parseForm(topicsForm, req);
    const all = await routedTopics(context);
    const labelsOf = (here: boolean, names: readonly string[]) =>
      all
        .filter((topic) => (topic.queue === queue.id) === here && names.includes(topic.label))
        .map(({ label }) => label);
    const by = staffOf(res).id;
    const taken = labelsOf(false, topics);
    const left = labelsOf(
      true,
      had.filter((label) => !topics.includes(label)),
    );
    await queues.sendTopics(taken, queue.id, by);
    await queues.sendTopics(left, lastResort, by);
    const details = { topicsTaken: taken.join(' '), topicsLeft: left.join(' ') };
    await audit.record({ by, action: 'queue-changed', subject: `queue:${queue.id}`, details });
    res.redirect(303, `/staff/queues/${queue.id}?done=saved`);
  });
  router.post('/queues/:id/hide', async (req: Request, res: Response) => {
    const { t } = contextOf(res);
    const queue = await queues.known(pathId(req));
    if (!queue) return renderMessage(res, 404, t('error.notFound'));
    const { version, target } = parseForm(hideForm, req);
    const by = staffOf(res).id;
    const refused = await queues.hide(queue.id, version, target === '' ? null : target, by);
    if (refused) {
      const fresh = (await queues.known(queue.id)) ?? queue;
      return sendQueue(res, refused === 'stale' ? 409 : 422, fresh, { notice: t(`queues:refused.${refused}`) });
    }
    await audit.record({ by, action: 'queue-changed', subject: `queue:${queue.id}`, details: { hiddenFor: target } });
    await emptyHidden();
    res.redirect(303, `/staff/queues/${queue.id}?done=${target === '' ? 'shown' : 'hidden'}`);
  });
  router.get('/queues/:id', async (req: Request, res: Response) => {
    const queue = await queues.known(pathId(req));
    const { t } = contextOf(res);
    if (!queue) return renderMessage(res, 404, t('error.notFound'));
    const done = doneKeys.find((one) => one === req.query.done);
    await sendQueue(res, 200, queue, done ? { notice: t(`queues:done.${done}`) } : {});
  });
  router.post('/queues/:id', async (req: Request, res: Response) => {
    const queue = await queues.known(pathId(req));
    const { t } = contextOf(res);
    if (!queue) return renderMessage(res, 404, t('error.notFound'));
    const { id } = queue;
    const { version, ...typed } = parseForm(queueForm, req);
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
    const leaving = req.query.leaving === '1';
    sendPage(res, 200, <ShiftPage {...{ context, mine, colleagues, leaving }} />);
  });
  router.post('/shift', async (req: Request, res: Response) => {
    const { to, confirmed } = parseForm(shiftForm, req);
    const { handed, returned } = await tickets.endShift(staffOf(res).id, to === '' ? undefined : to);
    if (confirmed === 'leave') {
      res.append('Set-Cookie', [...(await identity.signOut(req))]);
      return res.redirect(303, '/staff/sign-in');
    }
    res.redirect(303, `/staff/shift?handed=${handed}&returned=${returned}`);
  });
};
