/** One conversation: what was said by whom, the ticket, the bot's draft, and the reply box, which no refresh ever touches. */

import type { ArticleView } from '../../facts/articles/articles.js';
import { longestReply } from '../../facts/tickets/replies.js';
import type { ConversationView } from '../../facts/tickets/tickets.js';
import { Entry } from './conversation-entry.js';
import { DraftPanel } from './draft-panel.js';
import type { PageContext } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';
import { TicketPanel } from './ticket-panel.js';
import { TicketState } from './ticket-state.js';

export interface ConversationPageProps {
  readonly context: PageContext;
  readonly view: ConversationView;
  readonly names: ReadonlyMap<string, string>;
  readonly articles: readonly ArticleView[];
  /** Fresh for every rendering: the same form posted twice sends once. */
  readonly requestId: string;
  /** What was typed, where the reply was refused. */
  readonly typed: string;
}

export const ConversationPage = ({ context, view, names, articles, requestId, typed }: ConversationPageProps) => {
  const { t } = context;
  const { ticket } = view;
  const title = ticket ? `${t('ticket.title')} ${ticket.receipt}` : t('conversation.title');
  const open = ticket !== null && ticket.status !== 'resolved';
  return (
    <StaffLayout context={context} title={title}>
      <p class="crumbs">
        <a href="/staff/inbox">← {t('nav.inbox')}</a>
      </p>
      <div class="conversation">
        <section class="talk" aria-labelledby="talk-title">
          <h1 id="talk-title">{title}</h1>
          <div id="ticket-state" class="ticket-state" data-live-region>
            {ticket ? <TicketState context={context} ticket={ticket} names={names} /> : null}
          </div>
          <div id="entries" data-live-region>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
            <ol class="entries" aria-live="polite" tabIndex={0} aria-label={t('conversation.entries')}>
              {view.entries.map((entry) => (
                <Entry
                  key={entry.kind === 'incoming' ? entry.message._id : entry.row._id}
                  entry={entry}
                  t={t}
                  now={context.now}
                  names={names}
                />
              ))}
            </ol>
            <Notice text={context.notice} />
          </div>
          <div id="drafts" data-live-region>
            {ticket && open
              ? view.drafts.map((draft) => <DraftPanel key={draft._id} draft={draft} ticketId={ticket._id} t={t} />)
              : null}
          </div>
          {ticket && open ? (
            <form
              method="post"
              action={`/staff/tickets/${ticket._id}/reply`}
              class="reply"
              data-reply
              hx-post={`/staff/tickets/${ticket._id}/reply`}
              hx-target="#entries"
              hx-select="#entries"
              hx-swap="outerHTML"
            >
              <input type="hidden" name="requestId" value={requestId} />
              <label for="reply-text">{t('reply.label', { language: t(`language.${ticket.language}`) })}</label>
              <textarea
                id="reply-text"
                name="text"
                rows={3}
                required
                maxLength={longestReply}
                lang={ticket.language}
                placeholder={t('reply.placeholder')}
              >
                {typed}
              </textarea>
              <div class="reply-foot">
                <span class="muted small">{t('reply.hint')}</span>
                <button type="submit" class="primary">
                  {t('reply.send')}
                </button>
              </div>
            </form>
          ) : (
            <p class="muted">{t(ticket ? 'ticket.isResolved' : 'conversation.noTicket')}</p>
          )}
        </section>
        <aside id="ticket" data-live-region aria-label={t('ticket.title')}>
          <TicketPanel context={context} view={view} articles={articles} />
        </aside>
      </div>
    </StaffLayout>
  );
};
