/** Beside the conversation: the ticket, what the bot understood, and what can be done with it. */
import type { ConversationView } from '../../facts/tickets/tickets.js';
import type { TicketDocument } from '../../store/tickets.js';
import { formatMoment, formatWait } from './format.js';
import type { PageContext } from './page-context.js';
import type { Translate } from './staff-texts.js';

interface TicketPanelProps {
  readonly context: PageContext;
  readonly view: ConversationView;
  readonly names: ReadonlyMap<string, string>;
}

export const TicketPanel = ({ context, view, names }: TicketPanelProps) => {
  const { t, staff, now } = context;
  const { ticket, understood } = view;
  const holder = ticket?.claimedBy;
  return (
    <div class="panel">
      {ticket ? (
        <>
          <p class={`status status-${ticket.status}`}>
            {t(`status.${ticket.status}`)}
            {holder
              ? `: ${holder === staff?.id ? t('ticket.you') : (names.get(holder) ?? t('conversation.specialist'))}`
              : ''}
          </p>
          {ticket.urgent ? <p class="mark mark-urgent">{t('ticket.urgent')}</p> : null}
          <Actions ticket={ticket} t={t} mine={holder === staff?.id} admin={staff?.role === 'admin'} />
          <dl>
            <dt>{t('ticket.queue')}</dt>
            <dd>{t(`queue.${ticket.queue}`)}</dd>
            <dt>{t('ticket.reason')}</dt>
            <dd>{t(`reason.${ticket.reason}`)}</dd>
            <dt>{t('ticket.waits')}</dt>
            <dd>
              {formatWait(ticket.waitingSince, now, t)} <span class="muted">({formatMoment(ticket.waitingSince)})</span>
            </dd>
            <dt>{t('ticket.language')}</dt>
            <dd>{t(`language.${ticket.language}`)}</dd>
          </dl>
        </>
      ) : null}
      <h2>{t('understood.title')}</h2>
      {understood?.label ? (
        <p>
          <code>{understood.label}</code>{' '}
          <span class="muted">{t('understood.confidence', { percent: Math.round(understood.confidence * 100) })}</span>
        </p>
      ) : (
        <p class="muted">{t('understood.nothing')}</p>
      )}
      {view.tickets.length > 1 ? (
        <>
          <h2>{t('ticket.others')}</h2>
          <ul class="plain">
            {view.tickets
              .filter((other) => other._id !== ticket?._id)
              .map((other) => (
                <li key={other._id}>
                  <a href={`/staff/tickets/${other._id}`}>{other.receipt}</a> · {t(`status.${other.status}`)}
                </li>
              ))}
          </ul>
        </>
      ) : null}
    </div>
  );
};

interface ActionsProps {
  readonly ticket: TicketDocument;
  readonly t: Translate;
  readonly mine: boolean;
  readonly admin: boolean;
}
const Actions = ({ ticket, t, mine, admin }: ActionsProps) => {
  const held = ticket.status === 'claimed' || ticket.status === 'answered';
  const offered = [
    ...(ticket.status === 'waiting' ? (['claim'] as const) : []),
    ...(ticket.status !== 'resolved' && (!held || mine || admin) ? (['resolve'] as const) : []),
    ...(held && (mine || admin) ? (['release'] as const) : []),
  ];
  return (
    <div class="actions">
      {offered.map((action, index) => (
        <form key={action} method="post" action={`/staff/tickets/${ticket._id}/${action}`}>
          <button type="submit" class={index === 0 ? 'primary' : ''} title={t(`action.${action}Hint`)}>
            {t(`action.${action}`)}
          </button>
        </form>
      ))}
    </div>
  );
};
