/** One bubble of a conversation, with what became of it. */
import type { CheckpointAnswer } from '../../dialogue/fact-requests.js';
import type { ConversationEntry } from '../../facts/tickets/conversation-view.js';
import type { NoteDocument } from '../../store/notes.js';
import type { OutboxDocument } from '../../store/outbox.js';
import { formatText } from '../format-text.js';
import { formatKm, formatMoment, formatRecent } from './format.js';
import { messageWords } from './message-words.js';
import { type PageContext, queueName } from './page-context.js';
import type { Translate } from './staff-texts.js';

interface EntryProps {
  readonly entry: ConversationEntry;
  readonly context: PageContext;
  readonly names: ReadonlyMap<string, string>;
  /** The checkpoint nearest to a place that was shared. */
  readonly nearest?: CheckpointAnswer | undefined;
  /** The reader may put right what was said. */
  readonly corrects: boolean;
}

export const Entry = ({ entry, context, names, corrects, nearest }: EntryProps) => {
  const { t, now, language } = context;
  if (entry.kind === 'incoming') {
    const { message } = entry;
    const silent = message.outcome?.kind === 'silence' ? t(`silence.${message.outcome.reason}`) : undefined;
    return (
      <li class="entry in">
        <span class="from">{t('conversation.resident')}</span>
        <p class="words" lang={message.understood?.language}>
          {formatText(messageWords(message, t))}
        </p>
        {message.location ? (
          // The device's own map: no foreign page learns where a resident is.
          <a class="small" href={`geo:${message.location.latitude},${message.location.longitude}`}>
            {t('inbox:openMap')}
          </a>
        ) : null}
        {nearest ? (
          <span class="small">
            {t('inbox:nearest', {
              name: nearest.name[language],
              km: formatKm(nearest.distanceKm ?? 0),
              status: t(`checkpoint.${nearest.status}`),
            })}
          </span>
        ) : null}
        {message.understood?.wouldSay ? (
          <details class="would-say small">
            <summary>{t('inbox:wouldSay')}</summary>
            <p class="words" lang={message.understood.language}>
              {formatText(message.understood.wouldSay, false)}
            </p>
            <button type="button" class="quiet" data-insert={message.understood.wouldSay}>
              {t('answers:insert')}
            </button>
          </details>
        ) : null}
        {message.kind === 'media' && message.media !== 'contact' ? <FileLink id={message._id} t={t} /> : null}
        <span class="meta">
          {message.parked ? <strong class="mark mark-urgent">{t('conversation.parked')}</strong> : null}
          {silent ? <span>{silent}</span> : null}
          <Moment at={entry.at} now={now} />
        </span>
      </li>
    );
  }
  if (entry.kind === 'note') return <Note note={entry.note} context={context} names={names} />;
  const { row } = entry;
  const author =
    row.origin === 'specialist' ? (names.get(row.staffId ?? '') ?? t('conversation.specialist')) : undefined;
  return (
    <li class={`entry out ${row.origin}`}>
      <span class="from">{author ?? t(`conversation.${row.origin}`)}</span>
      <p class="words" lang={row.language}>
        {row.text === '' && row.origin === 'phone' ? t('conversation.withoutWords') : formatText(row.text)}
      </p>
      {row.file === undefined ? null : <FileLink id={row.file} t={t} />}
      {row.choices.length > 0 ? (
        <ul class="offered" aria-label={t('inbox:offered')}>
          {row.choices.map(({ id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ul>
      ) : null}
      <Trouble row={row} t={t} />
      <span class="meta">
        <Moment at={entry.at} now={now} />
        <Ticks row={row} t={t} />
      </span>
      {corrects && sourceOf(row) ? (
        <a class="small" href={`/staff/corrections?${sourceOf(row)}`}>
          {t('corrections:fix')}
        </a>
      ) : null}
      {row.failure ? <span class="small">{t(`failure.${row.failure}`)}</span> : null}
    </li>
  );
};

const FileLink = ({ id, t }: { readonly id: string; readonly t: Translate }) => (
  <a class="small" href={`/staff/files/${id}`} target="_blank" rel="noopener">
    {t('files:open')}
  </a>
);

/** What others were given too, as the address of a correction names it. */
const sourceOf = ({ article, groupReply }: OutboxDocument): string | undefined =>
  groupReply !== undefined
    ? `group-reply=${encodeURIComponent(groupReply)}`
    : article !== undefined
      ? `article=${encodeURIComponent(article)}`
      : undefined;

interface NoteProps extends Omit<EntryProps, 'entry' | 'corrects'> {
  readonly note: NoteDocument;
}
const Note = ({ note, context, context: { t, now, queues }, names }: NoteProps) => {
  const author = names.get(note.staffId) ?? t('conversation.specialist');
  const to = queues.has(note.to ?? '')
    ? queueName(context, note.to ?? '')
    : note.to
      ? (names.get(note.to) ?? t('conversation.specialist'))
      : '';
  return (
    <li class="entry note">
      <span class="from">
        {note.kind === 'handed-back'
          ? t('inbox:handBack.note', { name: to })
          : note.kind === 'note'
            ? t('inbox:note.by', { name: author })
            : note.kind === 'transfer'
              ? t('inbox:transfer.by', { name: author, to })
              : to
                ? t('inbox:shift.handedBy', { name: author, to })
                : t('inbox:shift.returnedBy', { name: author })}
      </span>
      {note.text ? <p class="words">{formatText(note.text)}</p> : null}
      <span class="meta">
        <Moment at={note.at} now={now} />
      </span>
    </li>
  );
};

/** Why a message has not arrived, and what can be done about it. */
const Trouble = ({ row, t }: { readonly row: OutboxDocument; readonly t: Translate }) =>
  row.status === 'failed' || row.status === 'uncertain' ? (
    <p class="trouble">
      {t(`inbox:trouble.${row.status}`)} <a href="/staff/undelivered">{t('nav.undelivered')}</a>
      {row.error ? <code class="error">{row.error}</code> : null}
    </p>
  ) : row.status === 'queued' && row.error ? (
    <p class="trouble">
      {t('inbox:trouble.retried')} <code class="error">{row.error}</code>
    </p>
  ) : null;

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
export const Ticks = ({ row, t }: { readonly row: OutboxDocument; readonly t: Translate }) => {
  const state = stateOf(row);
  return (
    <span class={`ticks ticks-${state}`} role="img" aria-label={t(`delivery.${state}`)} title={t(`delivery.${state}`)}>
      {signs[state]}
    </span>
  );
};
