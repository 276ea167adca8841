/** The inbox: who waits, what is mine, what colleagues have, what was answered; who needs an answer first stands first. */
import { groupSize, type Inbox, type InboxGroup, pageSize, resolvedDays } from '../../facts/tickets/inbox.js';
import { Filters, type InboxFilters, inboxPath, Views } from './inbox-filters.js';
import type { PageContext } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';
import { TicketRow } from './ticket-row.js';

interface InboxPageProps {
  readonly context: PageContext;
  readonly inbox: Inbox;
  readonly filters: InboxFilters;
  readonly names: ReadonlyMap<string, string>;
}

export const InboxPage = ({ context, inbox, filters, names }: InboxPageProps) => {
  const { t, reach } = context;
  return (
    <StaffLayout context={context} title={t('nav.inbox')} follows="tickets presence settings">
      <div class="head">
        <h1>{t('nav.inbox')}</h1>
        <p class="actions">
          <button type="button" class="quiet" data-ask-notifications hidden>
            {t('inbox:notify')}
          </button>
          <a class="button quiet" href="/staff/groups" data-key="g">
            {t('groups:title')}
          </a>
          <a class="button quiet" href="/staff/shift">
            {t('inbox:shift.title')}
          </a>
        </p>
      </div>
      <Notice text={context.notice} />
      {reach.length === 0 ? <p class="notice">{t('inbox:noQueue')}</p> : null}
      <p id="late" data-live-region class="late-count" hidden={context.late === 0}>
        <a href={inboxPath({ late: '1' })} class="mark mark-urgent">
          {t('inbox:late.count', { count: context.late })}
        </a>
      </p>
      <Views context={context} filters={filters} />
      <Filters context={context} filters={filters} />
      <div id="inbox" data-live-region data-unread={inbox.unread.size}>
        {inbox.groups.map((group) => (
          <Group key={group.view} {...{ context, inbox, filters, names, group }} />
        ))}
      </div>
    </StaffLayout>
  );
};

const Group = ({ context, inbox, filters, names, group }: InboxPageProps & { readonly group: InboxGroup }) => {
  const { t } = context;
  const { view, tickets, count, pages } = group;
  const isWhole = filters.view !== undefined || view === 'found';
  return (
    <section class="group" aria-labelledby={`group-${view}`}>
      <h2 id={`group-${view}`}>
        {view === 'found' || view === 'resolved'
          ? t(view === 'found' ? 'inbox:found' : 'inbox:resolved')
          : t(`inbox.${view}`)}{' '}
        <span class="count">{count}</span>
      </h2>
      {view === 'resolved' ? <p class="muted small">{t('inbox:resolvedLead', { count: resolvedDays })}</p> : null}
      {tickets.length === 0 ? (
        <p class="empty">
          {view === 'found' || view === 'resolved' ? t(`inbox:none.${view}`) : t(`inbox.none.${view}`)}
        </p>
      ) : (
        <ul class="rows" data-rows>
          {tickets.map((ticket) => (
            <TicketRow
              key={ticket._id}
              ticket={ticket}
              context={context}
              last={inbox.lastWords.get(ticket.messages.at(-1) ?? '')}
              names={names}
              present={inbox.present.get(ticket._id) ?? []}
              unread={inbox.unread.has(ticket._id)}
            />
          ))}
        </ul>
      )}
      {filters.view === undefined && view !== 'found' && count > groupSize ? (
        <p class="more">
          <a href={inboxPath({ ...filters, view })}>{t('inbox:showAll', { count })}</a>
        </p>
      ) : null}
      {isWhole && pages > 1 ? <Pages t={t} filters={filters} pages={pages} /> : null}
      {view === 'found' && count === pageSize ? <p class="muted">{t('inbox:foundMore', { count })}</p> : null}
    </section>
  );
};

interface PagesProps {
  readonly t: PageContext['t'];
  readonly filters: InboxFilters;
  readonly pages: number;
}
const Pages = ({ t, filters, pages }: PagesProps) => (
  <nav class="pages" aria-label={t('inbox:pages')}>
    {filters.page > 1 ? <a href={inboxPath({ ...filters, page: filters.page - 1 })}>← {t('inbox:earlier')}</a> : null}
    <span>{t('inbox:page', { page: filters.page, pages })}</span>
    {filters.page < pages ? <a href={inboxPath({ ...filters, page: filters.page + 1 })}>{t('inbox:later')} →</a> : null}
  </nav>
);
