/** One entry of the chat as HTML: the page and the live stream show the same element. */
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { isShown } from '../../facts/files/kinds.js';
import type { Language } from '../../language.js';
import { formatText } from '../format-text.js';
import type { WebTexts } from '../texts.js';
import type { ChatEntry } from './history.js';

const zone = 'Asia/Qyzylorda';
const clockTime = new Intl.DateTimeFormat('ru-RU', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
const calendarDay = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });

/** YYYY-MM-DD in the region's time. */
export const dayOf = (at: Date): string => calendarDay.format(at);

export interface Wording {
  readonly language: Language;
  readonly texts: WebTexts;
}

const Ticks = ({ state, language, texts }: Wording & { readonly state: 'sent' | 'read' }): VNode => (
  <svg
    class={`ticks ticks-${state}`}
    viewBox="0 0 18 11"
    width="18"
    height="11"
    role="img"
    aria-label={texts(language, `chat:state.${state}`)}
  >
    <path d="M1 6l3.5 3.5L11.5 1.5" />
    {state === 'read' && <path d="M8 8.2l1.3 1.3L16.5 1.5" />}
  </svg>
);

const Location = ({
  location,
  language,
  texts,
}: Wording & { readonly location: NonNullable<ChatEntry['location']> }): VNode => {
  const { latitude, longitude } = location;
  return (
    <a
      class="place"
      href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=13/${latitude}/${longitude}`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.5A2.5 2.5 0 1 1 12 6.500a2.500 2.500 0 0 1 0 5z" />
      </svg>
      <span>
        {texts(language, 'chat:location.shared')}
        <small>
          {latitude.toFixed(4)}, {longitude.toFixed(4)}
        </small>
      </span>
    </a>
  );
};

const File = ({ file: { id, name, mimeType } }: { readonly file: NonNullable<ChatEntry['file']> }): VNode => (
  <a class="file" href={`/chat/files/${id}`} target="_blank" rel="noopener">
    {mimeType.startsWith('image/') && isShown(mimeType) ? (
      <img src={`/chat/files/${id}`} alt={name} loading="lazy" />
    ) : (
      <span dir="auto">📎 {name}</span>
    )}
  </a>
);

export const Bubble = ({ entry, language, texts }: Wording & { readonly entry: ChatEntry }): VNode => (
  <li
    class={`entry ${entry.mine ? 'mine' : 'theirs'}`}
    data-key={entry.key}
    data-at={entry.at.getTime()}
    data-day={dayOf(entry.at)}
  >
    <div class="bubble">
      <span class="visually-hidden">{texts(language, entry.mine ? 'chat:you' : 'chat:service')}: </span>
      {entry.location ? (
        <Location location={entry.location} language={language} texts={texts} />
      ) : entry.file ? (
        <File file={entry.file} />
      ) : (
        <span class="words" dir="auto">
          {formatText(entry.text)}
        </span>
      )}
      <span class="meta">
        <time datetime={entry.at.toISOString()}>{clockTime.format(entry.at)}</time>
        {entry.state && <Ticks state={entry.state} language={language} texts={texts} />}
      </span>
    </div>
    {entry.choices.length > 0 && (
      <form class="choices" method="post" action="/chat/messages">
        {entry.choices.map((choice) => (
          <button key={choice.id} type="submit" name="choiceId" value={choice.id}>
            {choice.title}
          </button>
        ))}
      </form>
    )}
    {entry.asksLocation && (
      <div class="choices asks-location">
        <a class="action" href="#share-location" data-action="open-location">
          {texts(language, 'chat:location.share')}
        </a>
      </div>
    )}
  </li>
);

export const renderBubble = (entry: ChatEntry, wording: Wording): string =>
  renderToString(<Bubble entry={entry} {...wording} />);
