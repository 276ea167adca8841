/** Half-written answers beside the reply box: a key or a click puts one into it, to be edited there. */
import type { Suggestion } from '../../facts/tickets/suggestions.js';
import type { Language } from '../../language.js';
import { formatText } from '../format-text.js';
import type { Translate } from './staff-texts.js';

interface SuggestionPanelProps {
  readonly suggestions: readonly Suggestion[];
  readonly language: Language;
  readonly t: Translate;
}

export const SuggestionPanel = ({ suggestions, language, t }: SuggestionPanelProps) => (
  <section class="panel suggestions" aria-labelledby="suggestions-title">
    <h2 id="suggestions-title">{t('answers:suggested')}</h2>
    {suggestions.length === 0 ? <p class="muted">{t('answers:noSuggestion')}</p> : null}
    <ol class="plain">
      {suggestions.map(({ kind, title, text, id }, place) => (
        <li key={id}>
          <details>
            <summary>
              <kbd>{place + 1}</kbd> <span class="mark">{t(`answers:kind.${kind}`)}</span> {title}
            </summary>
            <p class="words" lang={language}>
              {formatText(text, false)}
            </p>
          </details>
          <button type="button" class="quiet" data-insert={text} data-key={String(place + 1)}>
            {t('answers:insert')}
          </button>
        </li>
      ))}
    </ol>
  </section>
);
