/** One ticket in a list: how urgent, whose, how long it waits, the resident's last words, and who looks at it now. */
import type { MessageDocument } from '../../store/messages.js';
import type { PresenceDocument } from '../../store/presence.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { formatText } from '../format-text.js';
import { messageWords } from './message-words.js';
import { type PageContext, queueName } from './page-context.js';
import { Pressing, TicketTime } from './ticket-time.js';

interface TicketRowProps {
  readonly ticket: TicketDocument;
  readonly context: PageContext;
  readonly last: MessageDocument | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly present: readonly PresenceDocument[];
  readonly unread: boolean;
}

export const TicketRow = ({ ticket, context, context: { t, staff }, last, names, present, unread }: TicketRowProps) => {
  const nameOf = (id: string): string =>
    id === staff?.id ? t('ticket.you') : (names.get(id) ?? t('conversation.specialist'));
  return (
    <li>
      <a
        class={`row${ticket.urgent ? ' urgent' : ''}${unread ? ' unread' : ''}`}
        href={`/staff/tickets/${ticket._id}`}
        data-ticket={ticket._id}
        data-status={ticket.status}
      >
        <span class="row-head">
          {unread ? <span class="dot" role="img" aria-label={t('inbox:unread')} title={t('inbox:unread')} /> : null}
          {ticket.urgent ? <strong class="mark mark-urgent">{t('ticket.urgent')}</strong> : null}
          <Pressing ticket={ticket} context={context} />
          {ticket.rating ? <span class="mark">{t(`inbox:rating.given.${ticket.rating}`)}</span> : null}
          {ticket.spam ? <span class="mark">{t('inbox:spam')}</span> : null}
          <span class="receipt">{ticket.receipt}</span>
          <span class="mark">{queueName(context, ticket.queue)}</span>
          <span class="mark" title={t('ticket.language')}>
            {t(`language.${ticket.language}`)}
          </span>
          <TicketTime ticket={ticket} context={context} />
        </span>
        <span class="row-text" lang={ticket.language}>
          {last ? formatText(messageWords(last, t), false) : t(`reason.${ticket.reason}`)}
        </span>
        <span class="row-foot">
          {t(`reason.${ticket.reason}`)}
          {ticket.claimedBy ? ` · ${nameOf(ticket.claimedBy)}` : ''}
          {present.map((one) => (
            <span key={one.staffId} class="looking">
              {t(one.typing ? 'inbox:isTyping' : 'inbox:isLooking', { name: nameOf(one.staffId) })}
            </span>
          ))}
        </span>
      </a>
    </li>
  );
};
