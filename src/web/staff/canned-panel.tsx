/** Canned responses beside the reply box: put into it by their key, by a click, or by typing their shortcut after a slash. */
import type { OfferedCanned } from '../../facts/canned/canned-responses.js';
import type { Language } from '../../language.js';
import { formatText } from '../format-text.js';
import { mayPass, ruleFor } from './access.js';
import type { PageContext } from './page-context.js';

interface CannedPanelProps {
  readonly context: PageContext;
  readonly canned: readonly OfferedCanned[];
  readonly language: Language;
}
/** Keys 1 to 5 belong to the half-written answers. */
const firstKey = 6;
const lastKey = 9;

export const CannedPanel = ({ context: { t, staff }, canned, language }: CannedPanelProps) => {
  const edits = mayPass(ruleFor('GET', '/canned'), staff?.role);
  if (canned.length === 0 && !edits) return null;
  return (
    <section class="panel suggestions" aria-labelledby="canned-title">
      <h2 id="canned-title">{t('canned:title')}</h2>
      {canned.length === 0 ? (
        <p class="muted">{t('canned:none')}</p>
      ) : (
        <p class="muted small">{t('canned:typeIt', { shortcut: canned[0]?.shortcut ?? '' })}</p>
      )}
      <ol class="plain">
        {canned.map(({ id, shortcut, text, open }, place) => {
          const key = place + firstKey;
          return (
            <li key={id}>
              <details>
                <summary>
                  {key <= lastKey ? <kbd>{key}</kbd> : null} <code>/{shortcut}</code>{' '}
                  <span class="muted">{text.slice(0, 60)}</span>
                </summary>
                <p class="words" lang={language}>
                  {formatText(text, false)}
                </p>
                {open.length > 0 ? <p class="small">{t('canned:toFill', { open: open.join(' ') })}</p> : null}
              </details>
              <button
                type="button"
                class="quiet"
                data-insert={text}
                data-shortcut={shortcut}
                {...(key <= lastKey ? { 'data-key': String(key) } : {})}
              >
                {t('answers:insert')}
              </button>
            </li>
          );
        })}
      </ol>
      {edits ? (
        <p>
          <a href="/staff/canned">{t('canned:edit')}</a>
        </p>
      ) : null}
    </section>
  );
};
