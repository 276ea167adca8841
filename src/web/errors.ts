/** The last stop of every request: a page or JSON with a clear sentence, never a stack trace. */
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { h } from 'preact';
import { pageLanguage } from './chat/session.js';
import { Layout, renderPage } from './layout.js';
import type { WebTexts } from './texts.js';

/** What the body parsers and the router throw for a request that is at fault. */
const statusOf = (error: unknown): number => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
};
const sentenceKeys: Readonly<Record<number, string>> = {
  403: 'chat:errors.elsewhere',
  404: 'chat:errors.notFound',
  405: 'chat:errors.notFound',
  413: 'chat:errors.tooLarge',
};
const keyOf = (status: number): string =>
  sentenceKeys[status] ?? (status >= 500 ? 'chat:errors.broken' : 'chat:errors.form');

const answer = (request: Request, response: Response, status: number, texts: WebTexts): void => {
  const language = pageLanguage(request);
  const sentence = texts(language, keyOf(status));
  response.status(status).set('Cache-Control', 'no-store');
  if (request.is('json') || !request.accepts('html')) {
    response.json({ error: sentence });
    return;
  }
  const title = texts(language, 'chat:errors.title');
  response.type('html').send(
    renderPage(
      h(Layout, {
        language,
        title,
        bodyClass: 'plain-page',
        children: h('main', { class: 'card' }, [
          h('p', { class: 'code', 'aria-hidden': true }, String(status)),
          h('h1', null, title),
          h('p', null, sentence),
          request.originalUrl.startsWith('/staff')
            ? h('p', null, h('a', { href: '/staff' }, texts(language, 'staff:error.back')))
            : h('p', null, h('a', { href: '/chat' }, texts(language, 'chat:errors.back'))),
        ]),
      }),
    ),
  );
};

export const notFound =
  (texts: WebTexts) =>
  (request: Request, response: Response): void =>
    answer(request, response, 404, texts);

export const onError =
  ({ texts, logger }: { readonly texts: WebTexts; readonly logger: Logger }) =>
  (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const status = statusOf(error);
    if (status >= 500) {
      // The error's own words may hold what somebody wrote: name, code and place are enough to find it.
      const { name, code, stack } = error as Error & { readonly code?: unknown };
      const place = stack
        ?.split('\n')
        .filter((line) => line.startsWith('    at '))
        .slice(0, 8);
      logger.error({ name, code, place, method: request.method, path: request.path }, 'A request failed.');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    answer(request, response, status, texts);
  };
