/** How WhatsApp stands, in plain words: the code to scan, what came and went last, a test, and what waits after an outage. */
import type { ChannelDocument } from '../../store/channels.js';
import type { OutboxDocument } from '../../store/outbox.js';
import { formatText } from '../format-text.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { QrCode } from './qr-code.js';
import { StaffLayout } from './staff-layout.js';

export interface ChannelPageProps {
  readonly context: PageContext;
  /** Whether this installation serves WhatsApp by a linked device at all. */
  readonly served: boolean;
  readonly record: ChannelDocument | null;
  /** Since when it is not known to work; undefined where it works. */
  readonly downSince: Date | undefined;
  readonly late: readonly OutboxDocument[];
  /** The action that was picked and waits for its confirmation. */
  readonly wanted: 'log-out' | undefined;
}

/** An owner says each ten seconds that it lives: one that was silent for so long, in milliseconds, is dead, and its QR code with it. */
const ownerSilentMs = 30_000;
/** The word for the state: a connection without a fresh proof is none, and a state that nobody holds is over. */
const stateOf = ({ context, record, downSince }: Pick<ChannelPageProps, 'context' | 'record' | 'downSince'>) => {
  if (!record) return 'stopped';
  if (record.ownedAt && context.now.getTime() - record.ownedAt.getTime() > ownerSilentMs) return 'stopped';
  return record.state === 'connected' && downSince ? 'reconnecting' : record.state;
};

export const ChannelPage = (props: ChannelPageProps) => {
  const { context, served, late } = props;
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('channel:title')}>
      <h1>{t('channel:title')}</h1>
      <div id="channel" data-live-region>
        {served ? <State {...props} /> : <p class="empty">{t('channel:notServed')}</p>}
        {served || late.length > 0 ? <Late {...props} /> : null}
      </div>
    </StaffLayout>
  );
};

const State = (props: ChannelPageProps) => {
  const { context, record, downSince, wanted } = props;
  const { t } = context;
  const state = stateOf(props);
  const isConnected = state === 'connected';
  return (
    <section class="group" aria-labelledby="state-title">
      <h2 id="state-title">
        <span class={`mark ${isConnected ? 'mark-open' : 'mark-urgent'}`}>{t(`channel:state.${state}`)}</span>
      </h2>
      <p>
        {state === 'needs-person'
          ? t(`channel:mend.${record?.cause ?? 'conflict'}`)
          : t(`channel:explained.${state}`, { number: numberOf(record), name: record?.me?.name ?? '' })}
      </p>
      {record?.unreadChats && isConnected ? (
        <p role="alert">{t('channel:unreadChats', { count: record.unreadChats })}</p>
      ) : null}
      {record?.qr && state === 'waiting-for-scan' && !record.pairingCode ? (
        <QrCode words={record.qr} label={t('channel:qrLabel')} />
      ) : null}
      {record?.pairingCode && state === 'waiting-for-scan' ? (
        <p>
          {t('channel:pairingCode')} <strong class="pairing-code">{record.pairingCode}</strong>
        </p>
      ) : null}
      {state === 'waiting-for-scan' ? (
        <form method="post" action="/staff/channel" class="actions">
          <input type="hidden" name="action" value="pair-by-phone" />
          <label>
            {t('channel:phone')}
            <input
              name="phone"
              inputMode="tel"
              autocomplete="off"
              required
              maxLength={20}
              placeholder="+7 705 143 51 31"
            />
          </label>
          <button type="submit">{t('channel:pairByPhone')}</button>
          {record?.codeRefusedAt ? (
            <p role="alert">{t('channel:codeRefused', { when: formatMoment(record.codeRefusedAt) })}</p>
          ) : null}
        </form>
      ) : null}
      <dl class="facts">
        <Moment context={context} name="since" at={isConnected ? record?.since : (downSince ?? record?.since)} />
        <Moment context={context} name="proven" at={record?.provenAt} />
        <Moment context={context} name="lastIn" at={record?.lastInAt} />
        <Moment context={context} name="lastOut" at={record?.lastOutAt} />
        {record?.tested ? (
          <div>
            <dt>{t('channel:tested')}</dt>
            <dd>
              {t(`channel:test.${record.tested.result}`)} · {formatMoment(record.tested.at)}
            </dd>
          </div>
        ) : null}
      </dl>
      {record?.detail && !isConnected ? <code class="error">{record.detail}</code> : null}
      {isConnected ? (
        <form method="post" action="/staff/channel" class="actions">
          <button type="submit" name="action" value="test">
            {t('channel:sendTest')}
          </button>
          {wanted === 'log-out' ? (
            <>
              <p role="alert">{t('channel:sureLogOut')}</p>
              <button type="submit" class="primary" name="action" value="log-out">
                {t('channel:logOut')}
              </button>
              <a class="button quiet" href="/staff/channel">
                {t('mode.cancel')}
              </a>
            </>
          ) : (
            <a class="button" href="/staff/channel?to=log-out">
              {t('channel:logOut')}
            </a>
          )}
        </form>
      ) : null}
    </section>
  );
};

const Moment = (props: {
  readonly context: PageContext;
  readonly name: 'since' | 'proven' | 'lastIn' | 'lastOut';
  readonly at: Date | undefined;
}) => {
  const { context, name, at } = props;
  return (
    <div>
      <dt>{context.t(`channel:fact.${name}`)}</dt>
      <dd>{at ? <time dateTime={at.toISOString()}>{formatMoment(at)}</time> : '–'}</dd>
    </div>
  );
};

/** Exactly what would go out, and the button that lets it. */
const Late = ({ context, late }: ChannelPageProps) => {
  const { t } = context;
  return (
    <section class="group" aria-labelledby="late-title">
      <h2 id="late-title">
        {t('channel:late')} <span class="count">{late.length}</span>
      </h2>
      <p class="muted">{t('channel:lateLead')}</p>
      {late.length === 0 ? (
        <p class="empty">{t('channel:noneLate')}</p>
      ) : (
        <form method="post" action="/staff/channel">
          <ul class="rows">
            {late.map((row) => (
              <li key={row._id} class="row">
                <input type="hidden" name="late" value={row._id} />
                <span class="row-head">
                  <time dateTime={row.createdAt.toISOString()}>{formatMoment(row.createdAt)}</time>
                  <a href={`/staff/conversations/${row.conversationId}`}>{t('undelivered.open')}</a>
                </span>
                <span class="row-text words" lang={row.language}>
                  {formatText(row.text)}
                </span>
              </li>
            ))}
          </ul>
          <p class="actions">
            <button type="submit" class="primary" name="action" value="release-late">
              {t('channel:release', { count: late.length })}
            </button>
          </p>
        </form>
      )}
    </section>
  );
};

const numberOf = (record: ChannelDocument | null): string => {
  const digits = record?.me?.id.split('@')[0];
  return digits ? `+${digits}` : '';
};
