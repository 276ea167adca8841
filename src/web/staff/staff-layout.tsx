/** The frame of every staff page: where one is, what the bot does now, who is signed in, in which language. */
import type { ComponentChildren } from 'preact';
import { languages } from '../../language.js';
import { mayPass, ruleFor } from './access.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { StaffNavigation } from './staff-navigation.js';

const languageNames = { kk: 'Қазақша', ru: 'Русский' };

interface StaffLayoutProps {
  readonly context: PageContext;
  readonly title: string;
  /** Rooms whose changes make the page fetch itself afresh; all of them where none are named. */
  readonly follows?: string;
  /** Of those that belong to a conversation, only this one's count. */
  readonly conversation?: string;
  readonly children: ComponentChildren;
}

export const StaffLayout = ({ context, title, follows, conversation, children }: StaffLayoutProps) => {
  const { t, language, staff } = context;
  /** What the script may have to say. */
  const sentences = { signedOut: t('error.signedOutHere'), notSent: t('error.notSent'), kept: t('inbox:kept') };
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false}' />
        <title>{`${title} · Naqty Aqparat`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/base.css" />
        <link rel="stylesheet" href="/assets/staff.css" />
        <link rel="stylesheet" href="/assets/staff-inbox.css" />
        <script src="/staff/assets/htmx.min.js" defer />
        <script src="/assets/staff.js" type="module" />
        <script src="/assets/staff-reply.js" type="module" />
        <script src="/assets/staff-keys.js" type="module" />
      </head>
      <body
        data-live={staff ? '' : undefined}
        data-page={context.path}
        data-staff={staff?.id}
        data-follows={follows}
        data-conversation={conversation}
        data-sentences={JSON.stringify(sentences)}
      >
        <a class="skip" href="#main">
          {t('layout.skip')}
        </a>
        <header class="top">
          <div class="top-row">
            <a class="brand" href="/staff">
              <span class="brand-mark" aria-hidden="true" />
              <span class="brand-name">Naqty Aqparat</span>
            </a>
            {staff ? <ModeChip context={context} /> : null}
            <LanguageSwitch context={context} />
            {staff ? (
              <form method="post" action="/staff/sign-out" class="who">
                <a href="/staff/account" class="who-name" title={t(`role.${staff.role}`)}>
                  {staff.name}
                </a>
                <button type="submit" class="quiet" title={t('layout.signOut')}>
                  <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
                    <path d="M10 4H5v16h5M15 8l4 4-4 4M19 12H9" />
                  </svg>
                  <span class="sign-out-words">{t('layout.signOut')}</span>
                </button>
              </form>
            ) : null}
          </div>
          {staff ? <StaffNavigation context={context} role={staff.role} /> : null}
        </header>
        <main id="main" tabIndex={-1}>
          {staff ? <ShiftEnds context={context} /> : null}
          {context.channelDown ? <ChannelDown context={context} /> : null}
          {children}
          <p id="page-notice" class="notice" role="alert" hidden />
        </main>
        {staff ? <KeysHelp t={t} /> : null}
      </body>
    </html>
  );
};

/** Who still has tickets when their queue is about to close chooses what becomes of them; what is left goes back by itself. */
const ShiftEnds = ({ context: { t, shiftEnds } }: { readonly context: PageContext }) => (
  <p id="shift-ends" data-live-region class="notice" role="status" hidden={!shiftEnds}>
    {shiftEnds === 'over'
      ? t('inbox:shift.isOver')
      : shiftEnds
        ? t('inbox:shift.endsAt', { when: formatMoment(shiftEnds) })
        : ''}{' '}
    {shiftEnds ? <a href="/staff/shift">{t('inbox:shift.choose')}</a> : null}
  </p>
);

/** Above every page while WhatsApp has been down for as long as staff wanted to be told. */
const ChannelDown = ({ context: { t, channelDown, staff } }: { readonly context: PageContext }) => (
  <p class="notice" role="alert">
    {t('channel:banner', { when: channelDown ? formatMoment(channelDown) : '' })}{' '}
    {mayPass(ruleFor('GET', '/channel'), staff?.role) ? <a href="/staff/channel">{t('channel:bannerLink')}</a> : null}
  </p>
);

const keys = ['j', 'k', 'c', 'r', 'e', 'w', 'u', '/', '?'] as const;
const keyNames = { '/': 'search', '?': 'help' } as const;
const KeysHelp = ({ t }: { readonly t: PageContext['t'] }) => (
  <dialog id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">{t('inbox:keys.title')}</h2>
    <dl>
      <div>
        <dt>
          <kbd>1–9</kbd>
        </dt>
        <dd>{t('inbox:keys.insert')}</dd>
      </div>
      {keys.map((key) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(`inbox:keys.${key === '/' || key === '?' ? keyNames[key] : key}`)}</dd>
        </div>
      ))}
    </dl>
    <form method="dialog">
      <button type="submit">{t('inbox:keys.close')}</button>
    </form>
  </dialog>
);

/** What the bot does now, on every page; those who may switch it follow it to the page that asks first. */
const ModeChip = ({ context: { t, mode, staff } }: { readonly context: PageContext }) => {
  const words = t(`mode.${mode}.short`);
  return (
    <div id="mode" data-live-region>
      {mayPass(ruleFor('GET', '/mode'), staff?.role) ? (
        <a class={`mode mode-${mode}`} href="/staff/mode">
          {words}
        </a>
      ) : (
        <span class={`mode mode-${mode}`}>{words}</span>
      )}
    </div>
  );
};

const LanguageSwitch = ({ context: { t, language, path } }: { readonly context: PageContext }) => (
  <form method="post" action="/staff/language" class="languages" aria-label={t('layout.language')}>
    <input type="hidden" name="back" value={path} />
    {languages.map((one) => (
      <button
        type="submit"
        key={one}
        name="language"
        value={one}
        class="quiet"
        lang={one}
        title={languageNames[one]}
        aria-pressed={one === language}
      >
        {one === 'kk' ? 'Қаз' : 'Рус'}
      </button>
    ))}
  </form>
);

/** The refusal or confirmation of what was just done. */
export const Notice = ({ text }: { readonly text: string | undefined }) => (
  <div id="notice" class="notice" role="status" hidden={!text}>
    {text}
  </div>
);
