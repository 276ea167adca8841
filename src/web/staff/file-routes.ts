/** Files of a conversation, for who answers it: never as a page of ours, each look written down. */
import type { Request, Response, Router } from 'express';
import type { Files } from '../../facts/files/files.js';
import { sendFile } from '../send-file.js';
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
    sendFile(res, { ...opened, name: opened.name ?? id });
  });
};
