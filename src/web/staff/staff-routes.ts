/** The staff pages as one router, mounted at /staff: the guard first, then the routes that the table of access knows. */

import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import type { Clocks } from '../../clock.js';
import type { SealedIins } from '../../facts/appeals/sealed-iins.js';
import { createAskedLately } from '../../facts/articles/asked-lately.js';
import type { CheckpointFacts } from '../../facts/contract.js';
import type { Eligibility } from '../../facts/eligibility/eligibility.js';
import type { EmptyHidden } from '../../facts/queues/empty-hidden.js';
import type { Queues } from '../../facts/queues/queues.js';
import type { InboxLists } from '../../facts/tickets/inbox.js';
import { createRecordView } from '../../facts/tickets/record-view.js';
import type { ReplyWarnings } from '../../facts/tickets/reply-warnings.js';
import type { Suggestions } from '../../facts/tickets/suggestions.js';
import type { Tickets } from '../../facts/tickets/tickets.js';
import { projectRoot } from '../../project-root.js';
import type { Changes } from '../../store/changes.js';
import type { Store } from '../../store/store.js';
import type { Identity } from '../identity/identity.js';
import { createInvitations } from '../identity/invitations.js';
import { createLockout } from '../identity/lockout.js';
import type { WebTexts } from '../texts.js';
import { addAccountRoutes } from './account-routes.js';
import { type ArticleRoutesOptions, addArticleRoutes } from './article-routes.js';
import { type AuditRoutesOptions, addAuditRoutes } from './audit-routes.js';
import { addCannedRoutes, type CannedRoutesOptions } from './canned-routes.js';
import { addChannelRoutes } from './channel-routes.js';
import { addCorrectionRoutes, type CorrectionRoutesOptions } from './correction-routes.js';
import { addEvents } from './events.js';
import { addFileRoutes, type FileRoutesOptions } from './file-routes.js';
import { BadForm } from './forms.js';
import { addGroupRoutes, type GroupRoutesOptions } from './group-routes.js';
import { createGuard } from './guard.js';
import { addListRoutes, type ListRoutesOptions } from './list-routes.js';
import { renderMessage } from './message-page.js';
import { contextOf } from './page-context.js';
import { addPeopleRoutes } from './people-routes.js';
import { addProgrammeRoutes, type ProgrammeRoutesOptions } from './programme-routes.js';
import { addQueueRoutes } from './queue-routes.js';
import { addRevealRoutes } from './reveal-routes.js';
import { addServiceRoutes, type ServiceRoutesOptions } from './service-routes.js';
import { addSynonymRoutes, type SynonymRoutesOptions } from './synonym-routes.js';
import { addTicketRoutes, type TicketRoutesOptions } from './ticket-routes.js';
import { addTryRoutes, type TryRoutesOptions } from './try-routes.js';

export interface StaffRoutesOptions {
  readonly identity: Identity;
  readonly tickets: Tickets;
  readonly inbox: InboxLists;
  readonly suggestions: Suggestions;
  readonly replyWarnings: ReplyWarnings;
  readonly queues: Queues;
  readonly emptyHidden: EmptyHidden;
  readonly corrections: CorrectionRoutesOptions['corrections'];
  readonly canned: CannedRoutesOptions['canned'] & TicketRoutesOptions['canned'];
  readonly articles: ArticleRoutesOptions['articles'] & GroupRoutesOptions['articles'];
  readonly audit: AuditRoutesOptions['audit'] & ServiceRoutesOptions['audit'];
  readonly files: FileRoutesOptions['files'];
  readonly outgoingFiles: TicketRoutesOptions['outgoingFiles'];
  readonly sealedIins: SealedIins;
  readonly checkpoints: Pick<CheckpointFacts, 'all' | 'near'>;
  readonly eligibility: Pick<Eligibility, 'list' | 'programmes' | 'checkDays' | 'alarms'>;
  readonly programmes: ProgrammeRoutesOptions['programmes'];
  readonly lists: ListRoutesOptions['lists'];
  readonly sealedFiles: ListRoutesOptions['sealedFiles'];
  readonly lexicon: SynonymRoutesOptions['lexicon'];
  readonly tryLexicon: SynonymRoutesOptions['tryLexicon'];
  readonly tryQuestion: TryRoutesOptions['tryQuestion'];
  readonly store: Store;
  /** Whether this installation serves WhatsApp by a linked device. */
  readonly servesWhatsAppWeb: boolean;
  readonly changes: Pick<Changes, 'on' | 'onReset'>;
  readonly texts: WebTexts;
  readonly clocks: Clocks;
  readonly logger: Logger;
  /** How often an open stream checks that its session still stands. */
  readonly sessionCheckMs?: number;
}
/** A router that also ends its live streams, for the server's stop. */
export type StaffRoutes = Router & { readonly stopStreams: () => void };

/** Expects `express.urlencoded` before it and `/assets` beside it; mounted at /staff. */
export const createStaffRoutes = (options: StaffRoutesOptions): StaffRoutes => {
  const { identity, store, queues, clocks } = options;
  const router = express.Router();
  router.use(createGuard({ ...options, baseUrl: identity.baseUrl }));
  router.get('/assets/:file', (req: Request, res: Response) => {
    if (req.params.file !== 'htmx.min.js') return renderMessage(res, 404, contextOf(res).t('error.notFound'));
    res.set('Cache-Control', 'public, max-age=86400');
    res.sendFile('htmx.min.js', { root: join(projectRoot, 'node_modules/htmx.org/dist'), cacheControl: false });
  });
  addAccountRoutes(router, { identity, inbox: options.inbox, lockout: createLockout(store, clocks.real) });
  addTicketRoutes(router, { ...options, recordView: createRecordView(options.audit, clocks.real) });
  addGroupRoutes(router, options);
  addCorrectionRoutes(router, options);
  addCannedRoutes(router, options);
  addFileRoutes(router, options);
  addRevealRoutes(router, options);
  addQueueRoutes(router, options);
  const invitations = createInvitations({ store, identity, queues, clock: clocks.real });
  addPeopleRoutes(router, { ...options, invitations });
  addServiceRoutes(router, options);
  addChannelRoutes(router, options);
  addArticleRoutes(router, { ...options, askedLately: createAskedLately(options.store.messages) });
  addSynonymRoutes(router, options);
  addTryRoutes(router, options);
  addProgrammeRoutes(router, options);
  addListRoutes(router, options);
  addAuditRoutes(router, options);
  const stopStreams = addEvents(router, options);
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (!(error instanceof BadForm)) return next(error);
    renderMessage(res, 400, contextOf(res).t(error.key, error.values));
  });
  return Object.assign(router, { stopStreams });
};
