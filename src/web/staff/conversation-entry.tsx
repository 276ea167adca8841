/** One bubble of a conversation, with what became of it. */
import type { ConversationEntry } from '../../facts/tickets/conversation-view.js';
import type { OutboxDocument } from '../../store/outbox.js';
import { formatText } from '../format-text.js';
import { formatMoment, formatRecent } from './format.js';
import { messageWords } from './inbox-page.js';
import type { Translate } from './staff-texts.js';

interface EntryProps {
  readonly entry: ConversationEntry;
  readonly t: Translate;
  readonly now: Date;
  readonly names: ReadonlyMap<string, string>;
}

export const Entry = ({ entry, t, now, names }: EntryProps) => {
  if (entry.kind === 'incoming') {
    const { message } = entry;
    const silent = message.outcome?.kind === 'silence' ? t(`silence.${message.outcome.reason}`) : undefined;
    return (
      <li class="entry in">
        <span class="from">{t('conversation.resident')}</span>
        <p class="words" lang={message.understood?.language}>
          {formatText(messageWords(message, t))}
        </p>
        {message.kind === 'media' && message.media !== 'contact' ? (
          <a class="small" href={`/staff/files/${message._id}`} target="_blank" rel="noopener">
            {t('files:open')}
          </a>
        ) : null}
        <span class="meta">
          {message.parked ? <strong class="mark mark-urgent">{t('conversation.parked')}</strong> : null}
          {silent ? <span>{silent}</span> : null}
          <Moment at={entry.at} now={now} />
        </span>
      </li>
    );
  }
  const { row } = entry;
  const author =
    row.origin === 'specialist' ? (names.get(row.staffId ?? '') ?? t('conversation.specialist')) : undefined;
  return (
    <li class={`entry out ${row.origin}`}>
      <span class="from">{author ?? t(`conversation.${row.origin}`)}</span>
      <p class="words" lang={row.language}>
        {formatText(row.text)}
      </p>
      <span class="meta">
        <Moment at={entry.at} now={now} />
        <Ticks row={row} t={t} />
      </span>
      {row.failure ? <span class="small">{t(`failure.${row.failure}`)}</span> : null}
    </li>
  );
};

const Moment = ({ at, now }: { readonly at: Date; readonly now: Date }) => (
  <time dateTime={at.toISOString()} title={formatMoment(at)}>
    {formatRecent(at, now)}
  </time>
);

type DeliveryState = 'queued' | 'sent' | 'delivered' | 'read' | 'held' | 'uncertain' | 'failed';
const stateOf = (row: OutboxDocument): DeliveryState => {
  if (row.status === 'held' || row.status === 'uncertain' || row.status === 'failed') return row.status;
  if (row.status !== 'sent') return 'queued';
  return row.readAt ? 'read' : row.deliveredAt ? 'delivered' : 'sent';
};
const signs: Record<DeliveryState, string> = {
  queued: '◷',
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓',
  held: '⏸',
  uncertain: '?',
  failed: '!',
};
const Ticks = ({ row, t }: { readonly row: OutboxDocument; readonly t: Translate }) => {
  const state = stateOf(row);
  return (
    <span class={`ticks ticks-${state}`} role="img" aria-label={t(`delivery.${state}`)} title={t(`delivery.${state}`)}>
      {signs[state]}
    </span>
  );
};
