/** The lists on the staff pages: a file is uploaded, its columns told once, read beside the list in force, applied, gone back from. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NextFunction, Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Clocks } from '../../clock.js';
import { dayAt, regionTimeZone } from '../../facts/day.js';
import type { Eligibility } from '../../facts/eligibility/eligibility.js';
import { statuses } from '../../facts/eligibility/programme-fields.js';
import { type ColumnMapping, guessColumns, listFields } from '../../facts/lists/columns.js';
import { UnreadableList } from '../../facts/lists/findings.js';
import { findingsCsv } from '../../facts/lists/findings-csv.js';
import { ListError } from '../../facts/lists/list-error.js';
import type { Lists } from '../../facts/lists/lists.js';
import type { SealedFiles } from '../../facts/lists/sealed-files.js';
import type { Identity } from '../identity/identity.js';
import { BadForm, parseForm, pathId } from './forms.js';
import { ListBatchPage } from './list-batch-page.js';
import { ListColumnsPage } from './list-columns-page.js';
import { findingWords } from './list-words.js';
import { ListsPage } from './lists-page.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { namesOf } from './ticket-routes.js';
import { takeUpload } from './upload.js';

export interface ListRoutesOptions {
  readonly identity: Identity;
  readonly lists: Lists;
  readonly sealedFiles: SealedFiles;
  readonly eligibility: Pick<Eligibility, 'list' | 'checkDays' | 'alarms'>;
  readonly clocks: Clocks;
}
const shownBatches = 50;
const shownFindings = 200;
const shownDays = 14;
/** Seconds after which the page of a list that is being read looks again. */
const lookAgainAfter = 2;

const isoDay = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine((day) => !Number.isNaN(Date.parse(day)));
const uploadForm = z.object({ programme: z.string().min(1).max(100), asOf: isoDay });
const name = z.string().max(200).optional();
const columnsForm = z.object({
  ...uploadForm.shape,
  fileName: z.string().max(200),
  sheet: name,
  status: z.enum(['', ...statuses]).optional(),
  iin: name,
  programmeColumn: name,
  statusColumn: name,
  amount: name,
  date: name,
  district: name,
  reason: name,
});
const verdictForm = z.object({ verdict: z.enum(['apply', 'discard']), confirmed: z.literal('yes').optional() });
const rollBackForm = z.object({ programme: z.string().min(1).max(100), confirmed: z.literal('yes') });

const mappingOf = (form: z.infer<typeof columnsForm>): ColumnMapping => {
  const given = { ...form, programme: form.programmeColumn, status: form.statusColumn };
  const columns = Object.fromEntries(
    listFields.flatMap((field) => (given[field] ? [[field, given[field]] as const] : [])),
  );
  return { columns, ...(form.status ? { status: form.status } : {}) };
};

export const addListRoutes = (router: Router, options: ListRoutesOptions): void => {
  const { identity, lists, sealedFiles, eligibility, clocks } = options;
  const today = (): string => dayAt(clocks.business.now(), regionTimeZone);
  const refusal = (res: Response, error: ListError): void => {
    const { t } = contextOf(res);
    const status = error.code === 'not-found' ? 404 : 409;
    renderMessage(res, status, t(`lists:refusal.${error.code}`, { programmes: error.programmes.join(', ') }));
  };
  /** Actions refuse with a sentence. */
  const guarded =
    (work: (req: Request, res: Response) => Promise<void>) =>
    async (req: Request, res: Response, next: NextFunction) => {
      try {
        await work(req, res);
      } catch (error) {
        if (error instanceof ListError) return refusal(res, error);
        if (!(error instanceof UnreadableList)) return next(error);
        const sentence = contextOf(res).t(`lists:file.${error.code}`, { names: error.names.join(', ') });
        renderMessage(res, 422, sentence);
      }
    };

  interface Asked {
    readonly file: string;
    readonly fileName: string;
    readonly programme: string;
    readonly asOf: string;
    readonly sheet?: string | undefined;
    readonly mapping?: ColumnMapping | undefined;
  }
  /** Reads the file in the background, or asks for what it cannot be read without. */
  const proceed = async (res: Response, asked: Asked, told: boolean): Promise<void> => {
    const { file, fileName, programme, asOf, sheet, mapping } = asked;
    const source = sealedFiles.open(file);
    if (!source) throw new BadForm('lists:upload.gone');
    try {
      await lists.inspect(source, programme, { sheet, mapping });
    } catch (error) {
      const asks = error instanceof UnreadableList && ['mapping-needed', 'several-sheets'].includes(error.code);
      if (!asks) {
        await sealedFiles.remove(file);
        throw error;
      }
      const context = {
        ...contextOf(res),
        path: '/staff/lists',
        ...(told ? { notice: contextOf(res).t('lists:columns.again') } : {}),
      };
      const columns = error.code === 'mapping-needed' ? error.names : [];
      const sheets = error.code === 'several-sheets' ? error.names : [];
      const guessed = { ...guessColumns(columns), ...mapping?.columns };
      sendPage(res, told ? 422 : 200, <ListColumnsPage {...{ context, ...asked, columns, sheets, guessed }} />);
      return;
    }
    const by = staffOf(res).id;
    const { id, done } = await lists
      .begin({ source, fileName, programmeId: programme, asOf, by, sheet, mapping })
      .catch(async (error: unknown) => {
        await sealedFiles.remove(file);
        throw error;
      });
    void done.finally(() => sealedFiles.remove(file));
    res.redirect(303, `/staff/lists/${id}`);
  };

  router.get('/lists', async (_req: Request, res: Response) => {
    const [programmes, batches, names, days, alarms] = await Promise.all([
      eligibility.list(),
      lists.batches(shownBatches),
      namesOf(identity),
      eligibility.checkDays(shownDays),
      eligibility.alarms(shownDays),
    ]);
    const context = { ...contextOf(res), path: '/staff/lists' };
    const { rows: rowsUnderOldKey } = await lists.underOldKey();
    const shown = { context, programmes, batches, names, days, alarms, rowsUnderOldKey };
    sendPage(res, 200, <ListsPage {...shown} today={today()} />);
  });
  router.post(
    '/lists',
    guarded(async (req, res) => {
      const upload = await takeUpload(req, sealedFiles.take, sealedFiles.remove);
      const form = uploadForm.safeParse(upload.fields);
      if (!form.success) {
        await sealedFiles.remove(upload.file);
        throw new BadForm('error.badForm');
      }
      await proceed(res, { file: upload.file, fileName: upload.fileName, ...form.data }, false);
    }),
  );
  router.post(
    '/list-columns/:id',
    guarded(async (req, res) => {
      const form = parseForm(columnsForm, req);
      const mapping = mappingOf(form);
      const isTold = Object.keys(mapping.columns).length > 0;
      const { fileName, programme, asOf } = form;
      const sheet = form.sheet || undefined;
      await proceed(
        res,
        { file: pathId(req), fileName, programme, asOf, sheet, mapping: isTold ? mapping : undefined },
        isTold,
      );
    }),
  );
  router.post(
    '/lists-back',
    guarded(async (req, res) => {
      const { programme } = parseForm(rollBackForm, req, 'lists:refusal.unconfirmed');
      await lists.rollBack(programme, staffOf(res).id);
      res.redirect(303, '/staff/lists');
    }),
  );
  router.get(
    '/lists/:id',
    guarded(async (req, res) => {
      const batch = await lists.find(pathId(req));
      if (!batch) throw new ListError('not-found');
      if (batch.state === 'reading') res.set('Refresh', String(lookAgainAfter));
      const findings = [];
      for await (const part of lists.findings(batch._id)) {
        findings.push(...part);
        if (findings.length >= shownFindings) break;
      }
      const context = { ...contextOf(res), path: `/staff/lists/${batch._id}` };
      const programmes = await eligibility.list();
      const names = await namesOf(identity);
      sendPage(
        res,
        200,
        <ListBatchPage
          {...{ context, batch, programmes, names }}
          findings={findings.slice(0, shownFindings).toSorted((a, b) => a.line - b.line)}
        />,
      );
    }),
  );
  router.get(
    '/lists/:id/faults',
    guarded(async (req, res) => {
      const batch = await lists.find(pathId(req));
      if (!batch) throw new ListError('not-found');
      res.set({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="faults-${batch._id.slice(0, 8)}.csv"`,
      });
      await pipeline(Readable.from(findingsCsv(lists.findings(batch._id), findingWords(contextOf(res).t))), res);
    }),
  );
  router.post(
    '/lists/:id',
    guarded(async (req, res) => {
      const { verdict, confirmed } = parseForm(verdictForm, req);
      const id = pathId(req);
      const by = staffOf(res).id;
      if (verdict === 'apply') await lists.apply(id, by, confirmed === 'yes');
      else await lists.discard(id, by);
      res.redirect(303, `/staff/lists/${id}`);
    }),
  );
};
