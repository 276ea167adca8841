/** Turns a page into the answer's body. */
import type { Response } from 'express';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

export const sendPage = (res: Response, status: number, page: VNode): void => {
  res
    .status(status)
    .type('html')
    .send(`<!doctype html>${renderToString(page)}`);
};
