/** The audit log, to read: nobody changes it here or anywhere else. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { type Audit, auditActions } from '../../facts/audit/audit.js';
import type { Identity } from '../identity/identity.js';
import { AuditPage } from './audit-page.js';
import { contextOf } from './page-context.js';
import { sendPage } from './render.js';
import { namesOf } from './ticket-routes.js';

export interface AuditRoutesOptions {
  readonly identity: Identity;
  readonly audit: Pick<Audit, 'entries'>;
}
const perPage = 100;

/** What of the log is asked for; nonsense asks for all of it, from the latest on. */
const query = z.object({
  action: z.enum(auditActions).optional().catch(undefined),
  subject: z.string().trim().max(100).optional().catch(undefined),
  at: z.coerce.date().optional().catch(undefined),
  id: z.string().max(100).optional().catch(undefined),
});

export const addAuditRoutes = (router: Router, { identity, audit }: AuditRoutesOptions): void => {
  router.get('/audit', async (req: Request, res: Response) => {
    const { action, subject, at, id } = query.parse(req.query);
    const asked = {
      ...(action === undefined ? {} : { action }),
      ...(subject ? { subject } : {}),
    };
    const entries = await audit.entries({ ...asked, ...(at && id ? { before: { at, id } } : {}), limit: perPage });
    const last = entries.length === perPage ? entries.at(-1) : undefined;
    const older = last
      ? `/staff/audit?${new URLSearchParams({ ...asked, at: last.at.toISOString(), id: last._id })}`
      : undefined;
    const context = { ...contextOf(res), path: '/staff/audit' };
    sendPage(res, 200, <AuditPage {...{ context, entries, asked, older }} names={await namesOf(identity)} />);
  });
};
