/** Beside the conversation: what the ticket is about, what the bot understood, and the resident's other tickets. */
import type { ArticleView } from '../../facts/articles/articles.js';
import type { ConversationView } from '../../facts/tickets/view-conversation.js';
import type { MessageDocument } from '../../store/messages.js';
import { formatMoment, formatRecent } from './format.js';
import { articlePath, labelName } from './label-names.js';
import { type PageContext, queueName } from './page-context.js';

interface TicketPanelProps {
  readonly context: PageContext;
  readonly view: ConversationView;
  /** What a label may be named by. */
  readonly articles: readonly ArticleView[];
  /** How many others wait for the same answer. */
  readonly alike: number;
}

export const TicketPanel = ({ context, view, articles, alike }: TicketPanelProps) => {
  const { t } = context;
  const { ticket, understood } = view;
  const path = understood?.label ? articlePath(context, understood.label) : null;
  const others = view.tickets.filter((other) => other._id !== ticket?._id);
  return (
    <div class="panel">
      {ticket ? (
        <dl>
          <dt>{t('ticket.queue')}</dt>
          <dd>{queueName(context, ticket.queue)}</dd>
          <dt>{t('ticket.reason')}</dt>
          <dd>{t(`reason.${ticket.reason}`)}</dd>
          <dt>{t('ticket.opened')}</dt>
          <dd>{formatMoment(ticket.createdAt)}</dd>
          <dt>{t('ticket.language')}</dt>
          <dd>{t(`language.${ticket.language}`)}</dd>
          {ticket.answerBy && (ticket.status === 'waiting' || ticket.status === 'claimed') ? (
            <>
              <dt>{t('inbox:answerBy')}</dt>
              <dd>
                <time dateTime={ticket.answerBy.toISOString()}>{formatMoment(ticket.answerBy)}</time>
                {ticket.answerBy < context.now ? (
                  <strong class="mark mark-urgent">{t('inbox:late.reply')}</strong>
                ) : null}
              </dd>
            </>
          ) : null}
        </dl>
      ) : null}
      {ticket && alike > 0 ? (
        <p>
          <a class="button" href={`/staff/tickets/${ticket._id}/alike`} data-key="a">
            {t('groups:others', { count: alike })}
          </a>
        </p>
      ) : null}
      <h2>{t('understood.title')}</h2>
      {understood?.label ? (
        <p>
          {path ? (
            <a href={path}>{labelName(context, articles, understood.label)}</a>
          ) : (
            labelName(context, articles, understood.label)
          )}{' '}
          <span class="muted">{t('understood.confidence', { percent: Math.round(understood.confidence * 100) })}</span>
        </p>
      ) : (
        <p class="muted">{t('understood.nothing')}</p>
      )}
      {view.checks.length > 0 ? <Checks context={context} messages={view.checks} /> : null}
      {others.length > 0 ? (
        <>
          <h2>{t('ticket.others')}</h2>
          <ul class="plain">
            {others.map((other) => (
              <li key={other._id}>
                <a href={`/staff/tickets/${other._id}`}>{other.receipt}</a> · {t(`status.${other.status}`)} ·{' '}
                {formatMoment(other.createdAt)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
};

/** What the resident had looked up: when, for which number (dots: it is kept nowhere), and how each list stood then. */
const Checks = ({
  context: { t, language, now },
  messages,
}: {
  readonly context: PageContext;
  readonly messages: readonly MessageDocument[];
}) => (
  <>
    <h2>{t('inbox:checks.title')}</h2>
    <ul class="plain checks">
      {messages.map(({ _id, receivedAt, understood }) => (
        <li key={_id}>
          <time dateTime={receivedAt.toISOString()}>{formatRecent(receivedAt, now)}</time>{' '}
          <span class="muted">{t('inbox:checks.iin')}</span>
          <ul class="plain">
            {understood?.checks?.map(({ programme, stands }, place) => (
              <li key={`${place}${stands}`}>
                {programme ? `${programme[language]}: ` : ''}
                <strong>{t(`lists:outcome.${stands}`)}</strong>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  </>
);
