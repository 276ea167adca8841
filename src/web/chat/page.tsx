/** The resident's chat as a page: complete without script, made live by assets/chat.js. */
import type { VNode } from 'preact';
import { languages } from '../../language.js';
import { Layout } from '../layout.js';
import { Bubble, dayOf, type Wording } from './bubble.js';
import type { Chat } from './history.js';
import { longestText } from './incoming.js';

export interface ChatPageProps extends Wording {
  readonly chat: Chat;
  /** Id for the message written next: posting the same form twice sends once. */
  readonly nextId: string;
  readonly now: Date;
  /** Real time before the chat was read, in ms: the stream goes on from here. */
  readonly mark: number;
  readonly refused?: Refused;
}
/** Why the last post was refused, with what was typed to be given back. */
export interface Refused {
  readonly sentence: string;
  readonly text: string;
  readonly location: string;
}

const starters = ['menu', 'payment', 'checkpoint', 'person'] as const;
const languageNames = { kk: 'Қазақша', ru: 'Русский' } as const;

const Icon = ({ path }: { readonly path: string }): VNode => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path d={path} />
  </svg>
);
const sendPath = 'M3 20.500V14l9-2-9-2V3.500L22 12z';
const pinPath =
  'M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.500a2.500 2.500 0 1 1 0-5 2.500 2.500 0 0 1 0 5z';

export const Avatar = ({ size }: { readonly size: number }): VNode => (
  <img class="avatar" src="/assets/icon.svg" width={size} height={size} alt="" />
);

const Starters = ({ language, texts }: Wording): VNode => (
  <form class="starters" method="post" action="/chat/messages">
    {starters.map((name) => {
      const words = texts(language, `chat:starters.${name}`);
      return (
        <button key={name} type="submit" name="text" value={words}>
          {words}
        </button>
      );
    })}
  </form>
);

const Header = ({ language, texts }: Wording): VNode => (
  <header class="top">
    <Avatar size={42} />
    <div class="who">
      <h1>{texts(language, 'chat:name')}</h1>
      <p id="status" role="status">
        {texts(language, 'chat:status.automatic')}
      </p>
    </div>
    <nav class="languages" aria-label={texts(language, 'chat:languages')}>
      {languages.map((each) => (
        <a
          key={each}
          href={`/chat?lang=${each}`}
          lang={each}
          title={languageNames[each]}
          {...(each === language ? { 'aria-current': 'true' as const } : {})}
        >
          {each === 'kk' ? 'Қаз' : 'Рус'}
        </a>
      ))}
    </nav>
  </header>
);

const Entries = ({ chat, language, texts, now }: ChatPageProps): VNode[] => {
  const rows: VNode[] = [];
  let day = '';
  for (const entry of chat.entries) {
    const entryDay = dayOf(entry.at);
    if (entryDay !== day) {
      day = entryDay;
      rows.push(
        <li key={`day-${day}`} class="day" data-day={day}>
          <span>{day === dayOf(now) ? texts(language, 'chat:today') : day.split('-').reverse().join('.')}</span>
        </li>,
      );
    }
    rows.push(<Bubble key={entry.key} entry={entry} language={language} texts={texts} />);
  }
  return rows;
};

const Composer = ({ language, texts, nextId, refused }: ChatPageProps): VNode => {
  const t = (key: string) => texts(language, `chat:${key}`);
  return (
    <footer class="composer">
      <p id="notice" class="notice" role="alert" hidden={!refused}>
        {refused?.sentence}
      </p>
      <form class="write" id="write" method="post" action="/chat/messages">
        <input type="hidden" name="clientId" value={nextId} />
        <a class="round quiet" href="#share-location" data-action="open-location" title={t('location.share')}>
          <Icon path={pinPath} />
          <span class="visually-hidden">{t('location.share')}</span>
        </a>
        <label class="field">
          <span class="visually-hidden">{t('write')}</span>
          <textarea
            id="text"
            name="text"
            rows={1}
            maxLength={longestText}
            required
            autocomplete="off"
            enterkeyhint="send"
            placeholder={t('write')}
            value={refused?.text ?? ''}
          />
        </label>
        <button class="round" type="submit" title={t('send')}>
          <Icon path={sendPath} />
          <span class="visually-hidden">{t('send')}</span>
        </button>
      </form>
      <noscript>
        <p class="notice">
          {t('noScript')} <a href="/chat">{t('refresh')}</a>
        </p>
      </noscript>
    </footer>
  );
};

const LocationSheet = ({ language, texts, nextId, refused }: ChatPageProps): VNode => {
  const t = (key: string) => texts(language, `chat:${key}`);
  return (
    <section class="sheet" id="share-location" aria-labelledby="sheet-title" tabIndex={-1}>
      <form class="panel" method="post" action="/chat/messages" id="location-form">
        {/* The page's own heading is out of reach while this is open. */}
        <h1 id="sheet-title">{t('location.share')}</h1>
        <p>{t('location.why')}</p>
        <button type="button" class="primary" id="use-position" hidden>
          {t('location.mine')}
        </button>
        <p class="notice" id="position-failed" role="alert" hidden>
          {t('location.failed')}
        </p>
        <input type="hidden" name="clientId" value={`${nextId}-place`} />
        <label>
          {t('location.typed')}
          <input
            name="location"
            inputMode="text"
            autocomplete="off"
            placeholder="44.8488, 65.5229"
            value={refused?.location ?? ''}
            required
            maxLength={100}
          />
        </label>
        <div class="buttons">
          <a class="secondary" href="/chat#write" data-action="close-location">
            {t('cancel')}
          </a>
          <button type="submit" class="primary">
            {t('send')}
          </button>
        </div>
      </form>
    </section>
  );
};

/** Sentences that the script shows; it never holds any of its own. */
const scriptSentences = [
  'state.waiting',
  'status.offline',
  'status.typing',
  'status.automatic',
  'errors.notSent',
  'today',
  'you',
] as const;

export const ChatPage = (props: ChatPageProps): VNode => {
  const { language, texts, chat, mark } = props;
  const t = (key: string) => texts(language, `chat:${key}`);
  const sentences = Object.fromEntries(scriptSentences.map((key) => [key, t(key)]));
  return (
    <Layout
      language={language}
      title={t('title')}
      styles={['/assets/chat.css']}
      scripts={['/assets/chat.js']}
      bodyClass="chat-page"
    >
      <aside class="about" aria-label={t('about.label')}>
        <Avatar size={72} />
        <h2>{t('about.title')}</h2>
        <p>{t('about.what')}</p>
        <ul>
          {(['payments', 'checkpoints', 'business', 'health', 'services'] as const).map((topic) => (
            <li key={topic}>{t(`about.topics.${topic}`)}</li>
          ))}
        </ul>
        <p class="danger">{t('about.danger')}</p>
        <p class="fine">{t('about.privacy')}</p>
      </aside>
      <main class="phone" data-mark={mark} data-language={language} data-sentences={JSON.stringify(sentences)}>
        <Header language={language} texts={texts} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <div class="scroll" id="scroll" tabIndex={0} role="log" aria-label={t('conversation')}>
          <div class="intro">
            <Avatar size={56} />
            <p>{t('intro.who')}</p>
            <p class="fine">{t('intro.how')}</p>
          </div>
          {chat.more && (
            <p class="older">
              <a href="/chat?older">{t('older')}</a>
            </p>
          )}
          <ol class="entries" id="entries">
            <Entries {...props} />
          </ol>
          {chat.entries.length === 0 && <Starters language={language} texts={texts} />}
          <div class="typing" id="typing" hidden={!chat.typing}>
            <span class="visually-hidden">{t('status.typing')}</span>
            <i />
            <i />
            <i />
          </div>
        </div>
        <Composer {...props} />
        <LocationSheet {...props} />
      </main>
    </Layout>
  );
};
