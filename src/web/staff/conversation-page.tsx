/** One conversation: what was said by whom, the ticket, the bot's draft, and the reply box, which no refresh ever touches. */

import type { CheckpointAnswer } from '../../dialogue/fact-requests.js';
import type { SealedIin } from '../../facts/appeals/sealed-iins.js';
import type { ArticleView } from '../../facts/articles/articles.js';
import type { OfferedCanned } from '../../facts/canned/canned-responses.js';
import { entryId } from '../../facts/tickets/conversation-view.js';
import type { ReplyWarning } from '../../facts/tickets/reply-warnings.js';
import type { Suggestion } from '../../facts/tickets/suggestions.js';
import type { ConversationView } from '../../facts/tickets/view-conversation.js';
import { mayPass, ruleFor } from './access.js';
import { CannedPanel } from './canned-panel.js';
import { Entry } from './conversation-entry.js';
import { DraftPanel } from './draft-panel.js';
import { FileForm } from './file-form.js';
import { NoteForm } from './note-form.js';
import type { PageContext } from './page-context.js';
import { Presence } from './presence.js';
import { ReplyForm, type Typed } from './reply-form.js';
import { RevealForm } from './reveal-form.js';
import { Notice, StaffLayout } from './staff-layout.js';
import { SuggestionPanel } from './suggestion-panel.js';
import { TicketPanel } from './ticket-panel.js';
import { TicketState } from './ticket-state.js';
import { type Colleague, TransferForm } from './transfer-form.js';
import { WarningPanel } from './warning-panel.js';

export interface ConversationPageProps {
  readonly context: PageContext;
  readonly view: ConversationView;
  readonly names: ReadonlyMap<string, string>;
  readonly articles: readonly ArticleView[];
  /** Members of queues that a ticket may be passed to. */
  readonly colleagues: readonly Colleague[];
  readonly neighbours: { readonly next?: string | undefined; readonly previous?: string | undefined };
  readonly typed: Typed;
  readonly suggestions: readonly Suggestion[];
  readonly canned: readonly OfferedCanned[];
  /** The checkpoint nearest to a place that was shared, by the message's id. */
  readonly nearest: ReadonlyMap<string, CheckpointAnswer>;
  /** How many others wait for the same answer. */
  readonly alike: number;
  /** What stands against sending the typed reply as it is. */
  readonly warnings: readonly ReplyWarning[];
  /** IINs that the resident gave for this ticket's specialist. */
  readonly sealed: readonly SealedIin[];
}

export const ConversationPage = (props: ConversationPageProps) => {
  const { context, view, names, articles, colleagues, neighbours, typed, suggestions, warnings, alike, sealed } = props;
  const { t, staff } = context;
  const { ticket } = view;
  const title = ticket ? `${t('ticket.title')} ${ticket.receipt}` : t('conversation.title');
  const open = ticket !== null && ticket.status !== 'resolved';
  const corrects = mayPass(ruleFor('GET', '/corrections'), staff?.role);
  const isOthers = ticket?.claimedBy !== undefined && ticket.claimedBy !== staff?.id;
  return (
    <StaffLayout
      context={context}
      title={title}
      follows="tickets messages outbox ticket_notes presence settings"
      conversation={view.conversation._id}
    >
      <p class="crumbs">
        <a href="/staff/inbox" data-key="u">
          ← {t('nav.inbox')}
        </a>
        {neighbours.previous ? (
          <a href={`/staff/tickets/${neighbours.previous}`} data-key="k">
            {t('inbox:previous')}
          </a>
        ) : null}
        {neighbours.next ? (
          <a href={`/staff/tickets/${neighbours.next}`} data-key="j">
            {t('inbox:next')}
          </a>
        ) : null}
      </p>
      <div class="conversation" data-ticket={ticket?._id}>
        <section class="talk" aria-labelledby="talk-title">
          <h1 id="talk-title">{title}</h1>
          <div id="ticket-state" class="ticket-state" data-live-region>
            {ticket ? <TicketState context={context} ticket={ticket} names={names} /> : null}
          </div>
          <Presence present={view.present} names={names} t={t} />
          <div id="entries" data-live-region>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
            <ol class="entries" aria-live="polite" tabIndex={0} aria-label={t('conversation.entries')}>
              {view.withheld > 0 ? <li class="withheld">{t('inbox:withheld', { count: view.withheld })}</li> : null}
              {view.entries.map((entry) => (
                <Entry
                  key={entryId(entry)}
                  {...{ entry, context, names, corrects }}
                  nearest={props.nearest.get(entryId(entry))}
                />
              ))}
            </ol>
          </div>
          {/* What became of the last form; no refresh takes it away. */}
          <div id="outcome">
            <Notice text={context.notice} />
            {ticket ? (
              <WarningPanel
                warnings={warnings}
                article={suggestions.find(({ kind }) => kind === 'article')}
                language={ticket.language}
                t={t}
              />
            ) : null}
          </div>
          <div id="drafts" data-live-region>
            {ticket && open
              ? view.drafts.map((draft) => <DraftPanel key={draft._id} draft={draft} ticketId={ticket._id} t={t} />)
              : null}
          </div>
          {ticket && open ? (
            <ReplyForm ticket={ticket} t={t} typed={typed} windowClosed={view.windowClosed} />
          ) : (
            <p class="muted">{t(ticket ? 'ticket.isResolved' : 'conversation.noTicket')}</p>
          )}
          {ticket && open ? <FileForm ticketId={ticket._id} t={t} requestId={typed.fileId} /> : null}
          {ticket ? <NoteForm ticketId={ticket._id} t={t} requestId={typed.noteId} /> : null}
        </section>
        <div class="side">
          <aside id="ticket" data-live-region aria-label={t('ticket.title')}>
            <TicketPanel context={context} view={view} articles={articles} alike={alike} />
          </aside>
          {ticket && open && sealed.length > 0 ? (
            <RevealForm ticketId={ticket._id} t={t} sealed={sealed} mine={ticket.claimedBy === staff?.id} />
          ) : null}
          {ticket && open ? (
            <div id="suggestions" data-live-region>
              <SuggestionPanel suggestions={suggestions} language={ticket.language} t={t} />
              <CannedPanel canned={props.canned} language={ticket.language} context={context} />
            </div>
          ) : null}
          {ticket && open && (!isOthers || staff?.role !== 'specialist') ? (
            <TransferForm ticket={ticket} context={context} colleagues={colleagues} />
          ) : null}
        </div>
      </div>
    </StaffLayout>
  );
};
