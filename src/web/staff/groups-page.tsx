/** Who asks the same, the largest groups first: where one answer helps most. */
import type { ArticleView } from '../../facts/articles/articles.js';
import { topicOf } from '../../facts/tickets/alike.js';
import type { TicketGroup } from '../../facts/tickets/groups.js';
import { formatText } from '../format-text.js';
import { labelName } from './label-names.js';
import { messageWords } from './message-words.js';
import { type PageContext, queueName } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';

interface GroupsPageProps {
  readonly context: PageContext;
  readonly groups: readonly TicketGroup[];
  readonly articles: readonly ArticleView[];
}

export const GroupsPage = ({ context, groups, articles }: GroupsPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('groups:title')} follows="tickets settings">
      <p class="crumbs">
        <a href="/staff/inbox" data-key="u">
          ← {t('nav.inbox')}
        </a>
      </p>
      <h1>{t('groups:title')}</h1>
      <p class="muted">{t('groups:lead')}</p>
      <Notice text={context.notice} />
      <div id="groups" data-live-region>
        {groups.length === 0 ? <p class="empty">{t('groups:none')}</p> : null}
        <ul class="rows" data-rows>
          {groups.map(({ seed, words, count, languages }) => {
            const topic = topicOf(seed.label);
            return (
              <li key={seed._id}>
                <a class="row" href={`/staff/tickets/${seed._id}/alike`}>
                  <span class="row-head">
                    <strong>{topic ? labelName(context, articles, topic) : t('groups:sameWords')}</strong>
                    <span class="mark">{queueName(context, seed.queue)}</span>
                  </span>
                  <span class="row-text" lang={seed.language}>
                    {words ? formatText(messageWords(words, t), false) : seed.receipt}
                  </span>
                  <span class="row-foot">
                    {t('groups:size', { count })} · {t('groups:inLanguages', languages)}
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
      </div>
    </StaffLayout>
  );
};
