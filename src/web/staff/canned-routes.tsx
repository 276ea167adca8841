/** Canned responses: the list, one form, and what it saves or removes. */
import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { type CannedFields, longestCanned } from '../../facts/canned/canned-fields.js';
import { CannedError, type CannedFault, type CannedResponses, noCanned } from '../../facts/canned/canned-responses.js';
import type { Identity } from '../identity/identity.js';
import type { ControlFault } from './article-faults.js';
import { CannedListPage, CannedPage, type CannedPageProps, cannedControl } from './canned-pages.js';
import { parseForm, pathId } from './forms.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import type { Translate } from './staff-texts.js';
import { namesOf } from './ticket-routes.js';

export interface CannedRoutesOptions {
  readonly identity: Identity;
  readonly canned: Pick<CannedResponses, 'list' | 'find' | 'save' | 'remove'>;
}
const text = z.string().max(longestCanned * 3);
const cannedForm = z.object({
  verdict: z.enum(['save', 'remove']),
  version: z.coerce.number().int().min(0),
  shortcut: z.string().max(100),
  queue: z.string().max(40),
  textKk: text,
  textRu: text,
});
const fieldsOf = ({ shortcut, queue, textKk, textRu }: z.infer<typeof cannedForm>): CannedFields => ({
  shortcut,
  text: { kk: textKk, ru: textRu },
  ...(queue === '' ? {} : { queue }),
});
const controlFault = ({ field, code }: CannedFault, t: Translate): ControlFault => {
  const [, language] = field.split('.');
  const isOwn = code === 'bad-shortcut' || code === 'shortcut-taken';
  const sentence = t(isOwn ? `canned:fault.${code}` : `fault.${code}`, { limit: longestCanned });
  return language === 'kk' || language === 'ru'
    ? {
        control: cannedControl[language],
        label: `${t('canned:text')} (${t(`language.${language}`)})`,
        sentence,
      }
    : { control: field, label: t('canned:shortcut'), sentence };
};

export const addCannedRoutes = (router: Router, { identity, canned }: CannedRoutesOptions): void => {
  const sendForm = async (
    res: Response,
    status: number,
    shown: Pick<CannedPageProps, 'id' | 'fields' | 'version'> & Partial<CannedPageProps>,
    notice?: string,
  ): Promise<void> => {
    const context = { ...contextOf(res), path: `/staff/canned/${shown.id}`, ...(notice ? { notice } : {}) };
    sendPage(res, status, <CannedPage faults={[]} {...shown} context={context} />);
  };

  router.get('/canned', async (req: Request, res: Response) => {
    const context = contextOf(res);
    const done = req.query.done === 'saved' || req.query.done === 'removed' ? req.query.done : undefined;
    const notice = done ? { notice: context.t(`canned:done.${done}`) } : {};
    sendPage(res, 200, <CannedListPage context={{ ...context, ...notice }} canned={await canned.list()} />);
  });
  router.get('/canned/:id', async (req: Request, res: Response): Promise<void> => {
    const id = pathId(req);
    if (id === 'new') return sendForm(res, 200, { id, fields: noCanned, version: 0 });
    const found = await canned.find(id);
    const { t } = contextOf(res);
    if (!found) return renderMessage(res, 404, t('error.notFound'));
    const names = await namesOf(identity);
    const changed = { by: names.get(found.changedBy) ?? t('article.somebody'), at: found.changedAt };
    await sendForm(res, 200, { id, fields: found, version: found.version, changed });
  });
  router.post('/canned/:id', async (req: Request, res: Response): Promise<void> => {
    const id = pathId(req);
    const form = parseForm(cannedForm, req);
    const { t } = contextOf(res);
    const staffId = staffOf(res).id;
    const { version, verdict } = form;
    if (form.queue !== '' && !contextOf(res).queues.has(form.queue)) return renderMessage(res, 400, t('error.badForm'));
    const removes = verdict === 'remove';
    try {
      if (removes) await canned.remove(id, version, staffId);
      else if ((id === 'new') === (version === 0))
        await canned.save(id === 'new' ? randomUUID() : id, version, fieldsOf(form), staffId);
      else return renderMessage(res, 400, t('error.badForm'));
      res.redirect(303, `/staff/canned?done=${removes ? 'removed' : 'saved'}`);
    } catch (error) {
      if (!(error instanceof CannedError)) throw error;
      const faults = error.faults.map((fault) => controlFault(fault, t));
      const status = error.code === 'stale' ? 409 : 422;
      await sendForm(res, status, { id, fields: fieldsOf(form), version, faults }, t(`canned:refused.${error.code}`));
    }
  });
};
