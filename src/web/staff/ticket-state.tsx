/** Above the conversation: who has the ticket, how long it waits, and what can be done with it. */
import type { TicketDocument } from '../../store/tickets.js';
import type { PageContext } from './page-context.js';
import { TicketTime } from './ticket-time.js';

interface TicketStateProps {
  readonly context: PageContext;
  readonly ticket: TicketDocument;
  readonly names: ReadonlyMap<string, string>;
}

export const TicketState = ({ context, ticket, names }: TicketStateProps) => {
  const { t, staff } = context;
  const holder = ticket.claimedBy;
  const holderName = holder === staff?.id ? t('ticket.you') : (names.get(holder ?? '') ?? t('conversation.specialist'));
  return (
    <>
      <p class="row-head">
        {ticket.urgent ? <strong class="mark mark-urgent">{t('ticket.urgent')}</strong> : null}
        <span class={`status status-${ticket.status}`}>
          {t(`status.${ticket.status}`)}
          {holder ? ` · ${holderName}` : ''}
        </span>
        <TicketTime ticket={ticket} context={context} />
      </p>
      <Actions ticket={ticket} t={t} mine={holder === staff?.id} admin={staff?.role === 'admin'} />
      {ticket.status === 'waiting' ? <p class="muted small">{t('action.claimHint')}</p> : null}
    </>
  );
};

interface ActionsProps {
  readonly ticket: TicketDocument;
  readonly t: PageContext['t'];
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
  return offered.length === 0 ? null : (
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
