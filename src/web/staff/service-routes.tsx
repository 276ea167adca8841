/** The service itself under staff's eyes: what did not arrive, the switch of the bot, the lists it answers from. */
import type { Request, Response, Router } from 'express';
import type { Clocks } from '../../clock.js';
import type { Audit } from '../../facts/audit/audit.js';
import type { CheckpointFacts } from '../../facts/contract.js';
import type { Eligibility } from '../../facts/eligibility/eligibility.js';
import { TicketError } from '../../facts/tickets/ticket-error.js';
import type { Tickets } from '../../facts/tickets/tickets.js';
import { modes } from '../../store/settings.js';
import type { Store } from '../../store/store.js';
import { modeForm, parseForm, pathId, undeliveredForm } from './forms.js';
import { renderMessage } from './message-page.js';
import { ModePage } from './mode-page.js';
import { OverviewPage } from './overview-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { UndeliveredPage } from './undelivered-page.js';

export interface ServiceRoutesOptions {
  readonly store: Store;
  readonly tickets: Tickets;
  readonly clocks: Clocks;
  readonly audit: Pick<Audit, 'record'>;
  readonly checkpoints: Pick<CheckpointFacts, 'all'>;
  readonly eligibility: Pick<Eligibility, 'list'>;
}

/** Days whose costs are shown. */
const costDays = 30;

export const addServiceRoutes = (router: Router, options: ServiceRoutesOptions): void => {
  const { store, tickets, clocks, audit, checkpoints, eligibility } = options;

  router.get('/undelivered', async (_req: Request, res: Response) => {
    const context = contextOf(res);
    const undelivered = await tickets.undelivered(context.reach, staffOf(res).role !== 'specialist');
    sendPage(res, 200, <UndeliveredPage context={context} {...undelivered} />);
  });
  router.post('/undelivered/:id', async (req: Request, res: Response) => {
    const { verdict } = parseForm(undeliveredForm, req);
    try {
      await tickets.settleUndelivered(pathId(req), verdict);
      res.redirect(303, '/staff/undelivered');
    } catch (error) {
      if (!(error instanceof TicketError)) throw error;
      renderMessage(res, 409, contextOf(res).t(`refusal.${error.code}`, { name: '' }));
    }
  });

  router.get('/mode', (req: Request, res: Response) => {
    const wanted = modes.find((mode) => mode === req.query.to);
    sendPage(res, 200, <ModePage context={contextOf(res)} wanted={wanted} />);
  });
  router.post('/mode', async (req: Request, res: Response) => {
    const { mode } = parseForm(modeForm, req, 'mode.unconfirmed');
    await store.settings.setMode(mode, clocks.real.now(), staffOf(res).id);
    await audit.record({ by: staffOf(res).id, action: 'mode-switched', details: { mode } });
    res.redirect(303, '/staff/mode');
  });

  router.get('/overview', async (_req: Request, res: Response) => {
    const since = new Date(clocks.real.now().getTime() - costDays * 86_400_000);
    const [places, programmes, costs] = await Promise.all([
      checkpoints.all(),
      eligibility.list(),
      store.costs.since(since),
    ]);
    const shown = { checkpoints: places, programmes, costs, costDays };
    sendPage(res, 200, <OverviewPage context={contextOf(res)} {...shown} />);
  });
};
