/** Putting it right: who was given the answer since a time, what they get instead, a look before it leaves, and what became of it. */
import { longestMessage } from '../../facts/tickets/answering.js';
import type { ReplyWarning } from '../../facts/tickets/reply-warnings.js';
import { type Language, languages } from '../../language.js';
import type { CorrectionDocument } from '../../store/corrections.js';
import { formatText } from '../format-text.js';
import { formatMoment } from './format.js';
import { textField } from './group-form.js';
import type { PageContext } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';

export interface CorrectionPageProps {
  readonly context: PageContext;
  readonly source: CorrectionDocument['source'];
  /** What was said, in the languages it was said in. */
  readonly said: Readonly<Partial<Record<Language, string>>>;
  readonly since: string;
  readonly counts: Readonly<Record<Language, number>>;
  readonly stopped: number;
  readonly earlier: readonly CorrectionDocument[];
  readonly requestId: string;
  readonly texts: Readonly<Record<Language, string>>;
  /** Set where the text is looked at before it leaves. */
  readonly warnings?: Readonly<Record<Language, readonly ReplyWarning[]>>;
}

export const CorrectionPage = (props: CorrectionPageProps) => {
  const { context, source, said, since, counts, stopped, earlier, requestId, texts, warnings } = props;
  const { t } = context;
  const reached = languages.filter((language) => counts[language] > 0);
  return (
    <StaffLayout context={context} title={t('corrections:title')} follows="settings">
      <h1>{t('corrections:title')}</h1>
      <p class="muted">{t('corrections:lead')}</p>
      <Notice text={context.notice} />
      {earlier.map(({ _id, at, count }) => (
        <p key={_id} class="notice">
          <a href={`/staff/corrections/${encodeURIComponent(_id)}`}>
            {t('corrections:earlier', { when: formatMoment(at), count: count ?? 0 })}
          </a>
        </p>
      ))}
      <section class="panel" aria-labelledby="said-title">
        <h2 id="said-title">{t('corrections:said')}</h2>
        {languages.map((language) =>
          said[language] ? (
            <blockquote key={language} class="words" lang={language}>
              {formatText(said[language])}
            </blockquote>
          ) : null,
        )}
      </section>
      <form method="get" action="/staff/corrections" class="filters">
        <input type="hidden" name={source.kind} value={source.id} />
        <label>
          <span>{t('corrections:since')}</span>
          <input type="datetime-local" name="since" value={since} required />
        </label>
        <button type="submit">{t('corrections:count')}</button>
      </form>
      <p>
        {reached.length === 0
          ? t('corrections:nobody')
          : t('corrections:reaches', { count: counts.kk + counts.ru, kk: counts.kk, ru: counts.ru })}{' '}
        {stopped > 0 ? t('corrections:stopped', { count: stopped }) : ''}
      </p>
      {reached.length > 0 ? (
        <form method="post" action="/staff/corrections" class="stack editor">
          <input type="hidden" name={source.kind} value={source.id} />
          <input type="hidden" name="since" value={since} />
          <input type="hidden" name="requestId" value={requestId} />
          {reached.map((language) => (
            <section key={language}>
              {warnings?.[language].map((warning) => (
                <p key={warning} class="notice" role="alert">
                  {warning === 'language'
                    ? t('answers:warning.language', { language: t(`language.${language}`) })
                    : t(`answers:warning.${warning}`)}
                </p>
              ))}
              {warnings ? (
                <div class="panel">
                  <h2>
                    {t(`language.${language}`)} <span class="count">{counts[language]}</span>
                  </h2>
                  <blockquote class="words" lang={language}>
                    {formatText(texts[language])}
                  </blockquote>
                  <input type="hidden" name={textField[language]} value={texts[language]} />
                </div>
              ) : (
                <>
                  <label for={textField[language]}>
                    {t('groups:text', { language: t(`language.${language}`) })} · {counts[language]}
                  </label>
                  <textarea
                    id={textField[language]}
                    name={textField[language]}
                    rows={6}
                    maxLength={longestMessage}
                    lang={language}
                    required
                  >
                    {texts[language]}
                  </textarea>
                </>
              )}
            </section>
          ))}
          <p class="actions">
            {warnings ? (
              <>
                <button type="submit" class="primary" name="step" value="send">
                  {t('groups:send', { count: counts.kk + counts.ru })}
                </button>
                <button type="submit" name="step" value="edit">
                  {t('groups:change')}
                </button>
              </>
            ) : (
              <button type="submit" class="primary" name="step" value="preview">
                {t('groups:preview')}
              </button>
            )}
          </p>
        </form>
      ) : null}
    </StaffLayout>
  );
};

export interface CorrectionSentPageProps {
  readonly context: PageContext;
  readonly correction: CorrectionDocument;
  readonly states: Readonly<Record<'sent' | 'queued' | 'held' | 'failed' | 'stopped', number>>;
  readonly by: string;
}
export const CorrectionSentPage = ({ context, correction, states, by }: CorrectionSentPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('corrections:sentTitle')} follows="outbox settings">
      <h1>{t('corrections:sentTitle')}</h1>
      <div id="correction" data-live-region>
        <p class="muted small">
          {by} · {formatMoment(correction.at)}
        </p>
        <dl class="reading">
          <dt>{t('corrections:state.sent')}</dt>
          <dd>{states.sent}</dd>
          <dt>{t('corrections:state.queued')}</dt>
          <dd>{states.queued}</dd>
          <dt>{t('corrections:state.held')}</dt>
          <dd>{states.held}</dd>
          <dt>{t('corrections:state.failed')}</dt>
          <dd>{states.failed}</dd>
          <dt>{t('corrections:state.stopped')}</dt>
          <dd>{states.stopped}</dd>
        </dl>
        {languages.map((language) =>
          correction.texts[language] ? (
            <blockquote key={language} class="panel words" lang={language}>
              {formatText(correction.texts[language])}
            </blockquote>
          ) : null,
        )}
      </div>
    </StaffLayout>
  );
};
