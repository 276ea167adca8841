/** Corrections: from an article, one reply or a reply to many, to everybody who was given it. */
import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Articles } from '../../facts/articles/articles.js';
import type { Audit } from '../../facts/audit/audit.js';
import { CorrectionError, type Corrections } from '../../facts/corrections/corrections.js';
import { longestMessage } from '../../facts/tickets/answering.js';
import type { ReplyWarnings } from '../../facts/tickets/reply-warnings.js';
import type { Language } from '../../language.js';
import type { CorrectionSource } from '../../store/corrections.js';
import type { Store } from '../../store/store.js';
import type { Identity } from '../identity/identity.js';
import type { WebTexts } from '../texts.js';
import { CorrectionPage, type CorrectionPageProps, CorrectionSentPage } from './correction-page.js';
import { BadForm, parseForm, pathId, requestId } from './forms.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { translator } from './staff-texts.js';
import { namesOf } from './ticket-routes.js';

export interface CorrectionRoutesOptions {
  readonly identity: Identity;
  readonly corrections: Corrections;
  readonly articles: Pick<Articles, 'find'>;
  readonly store: Pick<Store, 'outbox' | 'groupReplies'>;
  readonly replyWarnings: ReplyWarnings;
  readonly audit: Pick<Audit, 'record'>;
  readonly texts: WebTexts;
}
const id = z.string().min(1).max(128);
const text = z
  .string()
  .max(longestMessage * 3)
  .default('');
const sourceFields = { article: id.optional(), reply: id.optional(), 'group-reply': id.optional() };
const question = z.object({ ...sourceFields, since: z.string().max(20).optional() });
const correctionForm = z.object({
  ...sourceFields,
  since: z.string().max(20),
  requestId,
  textKk: text,
  textRu: text,
  step: z.enum(['edit', 'preview', 'send']),
});
/** The region's clock is five hours ahead of UTC and knows no summer time. */
const regionOffset = '+05:00';
const regionOffsetMs = 5 * 3_600_000;
/** How far back a page looks at first. */
const firstLookMs = 7 * 86_400_000;

/** @throws BadForm */
const sourceOf = (given: Readonly<Partial<Record<CorrectionSource['kind'], string | undefined>>>): CorrectionSource => {
  for (const kind of ['article', 'reply', 'group-reply'] as const) {
    const named = given[kind];
    if (named !== undefined) return { kind, id: named };
  }
  throw new BadForm('error.badForm');
};
/** "2020-04-23T14:05" of the region's clock. */
const writeTime = (at: Date): string => new Date(at.getTime() + regionOffsetMs).toISOString().slice(0, 16);
/** @throws BadForm */
const readTime = (typed: string): Date => {
  const at = new Date(`${typed.slice(0, 16)}:00${regionOffset}`);
  if (Number.isNaN(at.getTime())) throw new BadForm('error.badForm');
  return at;
};

export const addCorrectionRoutes = (router: Router, options: CorrectionRoutesOptions): void => {
  const { identity, corrections, articles, store, replyWarnings, audit, texts } = options;

  /** What was said, and when at the earliest; null where there is no such source, or it is not this reader's. */
  const saidIn = async ({ kind, id: named }: CorrectionSource, res: Response) => {
    if (kind === 'article') {
      const article = await articles.find(named);
      return article && { said: (article.published ?? article.draft)?.answer ?? {}, at: undefined };
    }
    // What specialists wrote is read by those who lead them.
    if (contextOf(res).reach.length === 0) return null;
    if (kind === 'reply') {
      const row = await store.outbox.find(named);
      return row && { said: { [row.language]: row.text }, at: row.createdAt };
    }
    const reply = await store.groupReplies.find(named);
    return reply && { said: reply.texts, at: reply.at };
  };
  const sendForm = async (
    res: Response,
    status: number,
    source: CorrectionSource,
    shown: {
      readonly since?: string | undefined;
      readonly texts?: Readonly<Record<Language, string>>;
      readonly requestId?: string;
      readonly notice?: string;
      readonly warnings?: NonNullable<CorrectionPageProps['warnings']>;
    },
  ): Promise<void> => {
    const context = contextOf(res);
    const found = await saidIn(source, res);
    if (!found) return renderMessage(res, 404, context.t('error.notFound'));
    const since = shown.since ?? writeTime(found.at ?? new Date(context.now.getTime() - firstLookMs));
    const [{ all, stopped }, earlier] = await Promise.all([
      corrections.recipients(source, readTime(since)),
      corrections.of(source),
    ]);
    const kk = all.filter(({ language }) => language === 'kk').length;
    const begins = (language: Language) => translator(texts, language)('corrections:begins');
    sendPage(
      res,
      status,
      <CorrectionPage
        context={{ ...context, path: '/staff/corrections', ...(shown.notice ? { notice: shown.notice } : {}) }}
        {...{ source, said: found.said, since, counts: { kk, ru: all.length - kk }, stopped, earlier }}
        requestId={shown.requestId ?? randomUUID()}
        texts={shown.texts ?? { kk: `${begins('kk')} `, ru: `${begins('ru')} ` }}
        {...(shown.warnings ? { warnings: shown.warnings } : {})}
      />,
    );
  };

  router.get('/corrections', async (req: Request, res: Response) => {
    const { since, ...given } = question.catch({}).parse(req.query);
    await sendForm(res, 200, sourceOf(given), { since });
  });
  router.post('/corrections', async (req: Request, res: Response): Promise<void> => {
    const { since, requestId, textKk, textRu, step, ...given } = parseForm(correctionForm, req);
    const source = sourceOf(given);
    const shown = { since, requestId, texts: { kk: textKk, ru: textRu } };
    if (step === 'edit') return sendForm(res, 200, source, shown);
    const warnings = { kk: replyWarnings(textKk, 'kk'), ru: replyWarnings(textRu, 'ru') };
    if (step === 'preview') return sendForm(res, 200, source, { ...shown, warnings });
    const { t } = contextOf(res);
    if (!(await saidIn(source, res))) return renderMessage(res, 404, t('error.notFound'));
    try {
      const staffId = staffOf(res).id;
      const { texts: said } = shown;
      await corrections.send({ source, since: readTime(since), texts: said, requestId, staffId });
      // The same form posted again finds its entry there.
      const entry = { by: staffId, action: 'correction-sent', subject: `${source.kind}:${source.id}` } as const;
      await audit.record(entry);
      res.redirect(303, `/staff/corrections/${encodeURIComponent(requestId)}`);
    } catch (error) {
      if (!(error instanceof CorrectionError)) throw error;
      const language = error.language ? t(`language.${error.language}`) : '';
      const notice =
        error.code === 'nobody'
          ? t('corrections:nobody')
          : error.code === 'too-long'
            ? t('corrections:tooLong', { language })
            : t('corrections:empty', { language });
      await sendForm(res, 422, source, { ...shown, notice });
    }
  });
  router.get('/corrections/:id', async (req: Request, res: Response): Promise<void> => {
    const context = contextOf(res);
    const correction = await corrections.find(pathId(req));
    if (!correction) return renderMessage(res, 404, context.t('error.notFound'));
    const [states, names] = await Promise.all([corrections.states(correction._id), namesOf(identity)]);
    const count = (...of: readonly Parameters<typeof states.get>[0][]): number =>
      of.reduce((sum, one) => sum + (states.get(one) ?? 0), 0);
    sendPage(
      res,
      200,
      <CorrectionSentPage
        context={context}
        correction={correction}
        states={{
          sent: count('sent'),
          queued: count('queued', 'sending'),
          held: count('held'),
          failed: count('failed', 'uncertain'),
          // The sender takes back what is still to go to who says стоп meanwhile.
          stopped: (correction.stopped ?? 0) + count('withdrawn'),
        }}
        by={names.get(correction.by) ?? ''}
      />,
    );
  });
};
