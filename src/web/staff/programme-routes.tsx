/** Payment programmes on the staff pages: listed, previewed, changed, and a new one added without a line of code. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Audit } from '../../facts/audit/audit.js';
import type { Eligibility } from '../../facts/eligibility/eligibility.js';
import type { ProgrammeFields } from '../../facts/eligibility/programme-fields.js';
import { ProgrammeError, type Programmes } from '../../facts/eligibility/programmes.js';
import type { Identity } from '../identity/identity.js';
import type { WebTexts } from '../texts.js';
import type { ControlFault } from './article-faults.js';
import { parseForm, pathId } from './forms.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { noProgramme, programmeFaults, programmeFieldsOf, writtenOf } from './programme-form.js';
import { ProgrammePage } from './programme-page.js';
import { ProgrammesPage } from './programmes-page.js';
import { sendPage } from './render.js';
import { namesOf } from './ticket-routes.js';

export interface ProgrammeRoutesOptions {
  readonly identity: Identity;
  readonly programmes: Programmes;
  readonly eligibility: Pick<Eligibility, 'list'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly texts: WebTexts;
}
const statusOf = { invalid: 422, stale: 409, 'id-taken': 409, 'not-found': 404 } as const;
const verdictForm = z.object({
  verdict: z.enum(['preview', 'save']),
  version: z.coerce.number().int().min(0),
  sample: z.literal('yes').optional(),
});

export const addProgrammeRoutes = (router: Router, options: ProgrammeRoutesOptions): void => {
  const { identity, programmes, eligibility, audit, texts } = options;
  interface Shown {
    readonly id: string;
    readonly fields: ProgrammeFields;
    readonly sample: boolean;
    readonly version: number;
    readonly preview?: boolean;
    readonly faults?: readonly ControlFault[];
    readonly notice?: string | undefined;
  }
  const sendEditor = async (res: Response, status: number, shown: Shown): Promise<void> => {
    const { notice, preview = false, faults = [], ...rest } = shown;
    const path = rest.version === 0 ? '/staff/new-programme' : `/staff/programmes/${rest.id}`;
    const context = { ...contextOf(res), path, ...(notice === undefined ? {} : { notice }) };
    const [names, history] = await Promise.all([
      namesOf(identity),
      rest.version === 0 ? [] : programmes.history(rest.id),
    ]);
    sendPage(res, status, <ProgrammePage {...{ context, preview, faults, history, names, ...rest }} />);
  };
  /** Shows or saves what was posted; a refusal is told on the same page, with what was typed still there. */
  const take = async (req: Request, res: Response, ownId: string | undefined): Promise<void> => {
    const { verdict, version, sample } = parseForm(verdictForm, req);
    const written = writtenOf(req.body);
    const id = ownId ?? (written.id ?? '').trim();
    const before = ownId === undefined ? null : await programmes.find(ownId);
    const { t } = contextOf(res);
    if (ownId !== undefined && !before) return renderMessage(res, 404, t('error.notFound'));
    const fields = programmeFieldsOf(id, written, before?.fields);
    const shown = { id, fields, sample: sample === 'yes', version };
    const by = staffOf(res).id;
    try {
      if (verdict === 'preview') {
        programmes.check(shown);
        return await sendEditor(res, 200, { ...shown, preview: true });
      }
      await programmes.save({ ...shown, by });
      await audit.record({
        by,
        action: 'programme-saved',
        subject: `programme:${id}`,
        details: { version: version + 1 },
      });
      res.redirect(303, `/staff/programmes/${id}?done=saved`);
    } catch (error) {
      if (!(error instanceof ProgrammeError)) throw error;
      const name = (await namesOf(identity)).get(error.by ?? '') ?? t('article.somebody');
      const notice = t(`programmes:refusal.${error.code}`, { name });
      await sendEditor(res, statusOf[error.code], { ...shown, notice, faults: programmeFaults(error.faults, t) });
    }
  };

  router.get('/programmes', async (_req: Request, res: Response) => {
    const context = { ...contextOf(res), path: '/staff/programmes' };
    sendPage(res, 200, <ProgrammesPage context={context} programmes={await eligibility.list()} />);
  });
  router.get('/new-programme', (_req: Request, res: Response) => {
    const fields = noProgramme((language, status) => texts(language, `bot:status.${status}`));
    return sendEditor(res, 200, { id: '', fields, sample: true, version: 0 });
  });
  router.post('/new-programme', (req: Request, res: Response) => take(req, res, undefined));
  router.get('/programmes/:id', async (req: Request, res: Response) => {
    const found = await programmes.find(pathId(req));
    const { t } = contextOf(res);
    if (!found) return renderMessage(res, 404, t('error.notFound'));
    const { _id: id, fields, sample, version } = found;
    const notice = req.query.done === 'saved' ? t('programmes:saved') : undefined;
    await sendEditor(res, 200, { id, fields, sample, version, notice });
  });
  router.post('/programmes/:id', (req: Request, res: Response) => take(req, res, pathId(req)));
};
