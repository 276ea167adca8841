/** Which part of the inbox is shown: views as links, queue, language and urgency as a form; everything stands in the address. */
import type { Request } from 'express';
import { z } from 'zod';
import { type InboxView, inboxViews } from '../../facts/tickets/inbox.js';
import { languages } from '../../language.js';
import { type PageContext, queueName } from './page-context.js';

/** A filter that the address names wrongly is left out: an old link still shows an inbox. */
const filterQuery = z.object({
  view: z.enum(inboxViews).optional().catch(undefined),
  queue: z.string().max(40).optional().catch(undefined),
  language: z.enum(languages).optional().catch(undefined),
  urgent: z.literal('1').optional().catch(undefined),
  late: z.literal('1').optional().catch(undefined),
  q: z.string().trim().max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
});
export type InboxFilters = z.infer<typeof filterQuery>;
export const readFilters = (req: Request): InboxFilters => filterQuery.parse(req.query);

/** The inbox's address under these filters. */
export const inboxPath = (filters: Partial<InboxFilters>): string => {
  const given = Object.entries(filters).filter(([name, value]) => value && !(name === 'page' && value === 1));
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query === '' ? '/staff/inbox' : `/staff/inbox?${query}`;
};

interface FiltersProps {
  readonly context: PageContext;
  readonly filters: InboxFilters;
}

export const Views = ({ context: { t }, filters }: FiltersProps) => {
  const link = (view: InboxView | undefined) => (
    <li key={view ?? 'all'}>
      <a
        href={inboxPath({ ...filters, view, q: undefined, page: 1 })}
        aria-current={view === filters.view && !filters.q ? 'page' : undefined}
      >
        {view === undefined ? t('inbox:views.all') : t(`inbox:views.${view}`)}
      </a>
    </li>
  );
  return (
    <nav class="views" aria-label={t('inbox:views.title')}>
      <ul>
        {link(undefined)}
        {inboxViews.map(link)}
      </ul>
    </nav>
  );
};

export const Filters = ({ context, context: { t, reach }, filters }: FiltersProps) => (
  <form method="get" action="/staff/inbox" class="filters">
    {filters.view ? <input type="hidden" name="view" value={filters.view} /> : null}
    <label class="find">
      <span>{t('inbox:search')}</span>
      <input
        name="q"
        type="search"
        maxLength={100}
        value={filters.q ?? ''}
        placeholder={t('inbox:searchHint')}
        data-search
      />
    </label>
    <label>
      <span>{t('ticket.queue')}</span>
      <select name="queue">
        <option value="">{t('inbox:any')}</option>
        {reach.map((queue) => (
          <option key={queue} value={queue} selected={queue === filters.queue}>
            {queueName(context, queue)}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span>{t('ticket.language')}</span>
      <select name="language">
        <option value="">{t('inbox:any')}</option>
        {languages.map((language) => (
          <option key={language} value={language} selected={language === filters.language}>
            {t(`language.${language}`)}
          </option>
        ))}
      </select>
    </label>
    <label class="tick">
      <input type="checkbox" name="urgent" value="1" checked={filters.urgent === '1'} />
      <span>{t('inbox:urgentOnly')}</span>
    </label>
    <label class="tick">
      <input type="checkbox" name="late" value="1" checked={filters.late === '1'} />
      <span>{t('inbox:late.only')}</span>
    </label>
    <button type="submit">{t('inbox:show')}</button>
  </form>
);
