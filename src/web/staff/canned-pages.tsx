/** Canned responses for who keeps them: all of them by shortcut, and the form of one in both languages. */
import { type CannedFields, longestCanned, longestShortcut } from '../../facts/canned/canned-fields.js';
import { placeholderNames, placeholders } from '../../facts/canned/placeholders.js';
import { type Language, languages } from '../../language.js';
import type { CannedDocument } from '../../store/canned-responses.js';
import { formatText } from '../format-text.js';
import type { ControlFault } from './article-faults.js';
import { Field } from './article-fields.js';
import { FaultSummary } from './article-preview.js';
import { formatMoment } from './format.js';
import { liveQueues, type PageContext, queueName } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';

interface CannedListPageProps {
  readonly context: PageContext;
  readonly canned: readonly CannedDocument[];
}

export const CannedListPage = ({ context, canned }: CannedListPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('nav.canned')}>
      <div class="head">
        <h1>{t('nav.canned')}</h1>
        <a class="button primary" href="/staff/canned/new">
          {t('canned:new')}
        </a>
      </div>
      <Notice text={context.notice} />
      <p class="muted">{t('canned:lead')}</p>
      {canned.length === 0 ? <p class="empty">{t('canned:none')}</p> : null}
      <ul class="rows">
        {canned.map(({ _id, shortcut, text, queue }) => (
          <li key={_id}>
            <a class="row" href={`/staff/canned/${_id}`}>
              <span class="row-head">
                <strong>/{shortcut}</strong>
                <span class="mark">{queue ? queueName(context, queue) : t('canned:forAll')}</span>
              </span>
              {languages.map((language) => (
                <span key={language} class="row-foot" lang={language}>
                  {formatText(text[language], false)}
                </span>
              ))}
            </a>
          </li>
        ))}
      </ul>
    </StaffLayout>
  );
};

export interface CannedPageProps {
  readonly context: PageContext;
  /** `new` where it is not kept yet. */
  readonly id: string;
  readonly fields: CannedFields;
  /** 0: not kept yet. */
  readonly version: number;
  readonly faults: readonly ControlFault[];
  /** Who changed it last, and when. */
  readonly changed?: { readonly by: string; readonly at: Date } | undefined;
}
export const cannedControl: Readonly<Record<Language, string>> = { kk: 'textKk', ru: 'textRu' };

export const CannedPage = ({ context, id, fields, version, faults, changed }: CannedPageProps) => {
  const { t } = context;
  const title = version === 0 ? t('canned:new') : `/${fields.shortcut}`;
  return (
    <StaffLayout context={context} title={title}>
      <p class="crumbs">
        <a href="/staff/canned">← {t('nav.canned')}</a>
      </p>
      <h1>{title}</h1>
      <FaultSummary notice={context.notice} faults={faults} />
      <form method="post" action={`/staff/canned/${id}`} class="editor">
        <input type="hidden" name="version" value={version} />
        <div class="panel grid">
          <Field name="shortcut" label={t('canned:shortcut')} hint={t('canned:shortcutHint')} faults={faults}>
            {(ties) => (
              <input
                {...ties}
                value={fields.shortcut}
                required
                maxLength={longestShortcut + 1}
                autocapitalize="none"
                spellcheck={false}
              />
            )}
          </Field>
          <Field name="queue" label={t('ticket.queue')} faults={faults}>
            {(ties) => (
              <select {...ties}>
                <option value="">{t('canned:forAll')}</option>
                {liveQueues(context).map((queue) => (
                  <option key={queue} value={queue} selected={queue === fields.queue}>
                    {queueName(context, queue)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <div class="pair">
          {languages.map((language) => (
            <fieldset key={language} class="panel">
              <legend>{t(`language.${language}`)}</legend>
              <Field name={cannedControl[language]} label={t('canned:text')} faults={faults}>
                {(ties) => (
                  <textarea {...ties} rows={8} lang={language} required maxLength={longestCanned}>
                    {fields.text[language]}
                  </textarea>
                )}
              </Field>
              <Places language={language} t={t} />
            </fieldset>
          ))}
        </div>
        <p class="muted small">{t('canned:placesHint')}</p>
        {changed ? (
          <p class="muted small">{t('canned:changed', { name: changed.by, when: formatMoment(changed.at) })}</p>
        ) : null}
        <div class="actions sticky">
          <button type="submit" class="primary" name="verdict" value="save">
            {t('queues:save')}
          </button>
          {version === 0 ? null : (
            <button type="submit" class="quiet" name="verdict" value="remove" formNoValidate>
              {t('canned:remove')}
            </button>
          )}
        </div>
      </form>
    </StaffLayout>
  );
};

/** What the service fills in, each to be put where the cursor is. */
const Places = ({ language, t }: { readonly language: Language; readonly t: PageContext['t'] }) => (
  <ul class="inline" aria-label={t('canned:places')}>
    {placeholders.map((id) => {
      const written = `{{${placeholderNames[id][language]}}}`;
      return (
        <li key={id}>
          <button
            type="button"
            class="quiet"
            lang={language}
            data-insert={written}
            data-into={`field-${cannedControl[language]}`}
            title={t(`canned:place.${id}`)}
          >
            {written}
          </button>
        </li>
      );
    })}
  </ul>
);
