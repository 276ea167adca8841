/** The page on which staff try a question: the real understanding and decision, nothing stored or sent. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Articles } from '../../facts/articles/articles.js';
import type { CheckpointFacts } from '../../facts/contract.js';
import type { Lexicon } from '../../facts/lexicon/lexicon.js';
import type { TryQuestion } from '../../inbound/try-question.js';
import { languages } from '../../language.js';
import { parseForm } from './forms.js';
import { contextOf } from './page-context.js';
import { sendPage } from './render.js';
import { longestTried, TryPage, type TryPageProps } from './try-page.js';

export interface TryRoutesOptions {
  readonly tryQuestion: TryQuestion;
  readonly articles: Pick<Articles, 'list'>;
  readonly lexicon: Pick<Lexicon, 'list'>;
  readonly checkpoints: Pick<CheckpointFacts, 'all'>;
}

/** A browser counts a line break as one character and sends two. */
const tryForm = z.object({
  text: z
    .string()
    .max(longestTried * 2)
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(1).max(longestTried)),
  language: z.enum(languages),
  article: z.string().max(100),
});

export const addTryRoutes = (router: Router, options: TryRoutesOptions): void => {
  const { tryQuestion, articles, lexicon, checkpoints } = options;
  const send = async (res: Response, asked: TryPageProps['asked'], tried?: TryPageProps['tried']): Promise<void> => {
    const [listed, concepts, posts] = await Promise.all([articles.list(), lexicon.list(), checkpoints.all()]);
    sendPage(
      res,
      200,
      <TryPage
        context={{ ...contextOf(res), path: '/staff/try' }}
        articles={listed}
        concepts={concepts}
        checkpoints={new Map(posts.map(({ id, name }) => [id, name]))}
        asked={asked}
        {...(tried ? { tried } : {})}
      />,
    );
  };
  router.get('/try', (_req: Request, res: Response) =>
    send(res, { text: '', language: contextOf(res).language, article: '' }),
  );
  router.post('/try', async (req: Request, res: Response) => {
    const { text, language, article } = parseForm(tryForm, req, 'try.badForm');
    const tried = await tryQuestion({ text, language, ...(article === '' ? {} : { article }) });
    await send(res, { text: tried.text, language, article }, tried);
  });
};
