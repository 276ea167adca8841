/** Files that residents sent, for who answers them: never as a page of ours, each look written down. */
import type { Request, Response, Router } from 'express';
import type { Files } from '../../facts/files/files.js';
import { isShown } from '../../facts/files/kinds.js';
import { pathId } from './forms.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';

export interface FileRoutesOptions {
  readonly files: Files;
}

export const addFileRoutes = (router: Router, { files }: FileRoutesOptions): void => {
  router.get('/files/:id', async (req: Request, res: Response) => {
    const id = pathId(req);
    const { t } = contextOf(res);
    const opened = await files.open(id, staffOf(res).id);
    if (!opened) return renderMessage(res, 404, t(`files:missing.${await files.missing(id)}`));
    const shown = isShown(opened.mimeType);
    const name = encodeURIComponent(opened.name ?? id);
    res.status(200).set({
      // What a resident sent must not run as a page of ours, nor be read as anything but what it is shown as.
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'private, no-store',
      'Content-Type': shown ? opened.mimeType : 'application/octet-stream',
      'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    });
    res.end(opened.bytes);
  });
};
