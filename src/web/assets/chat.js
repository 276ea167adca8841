// The chat in the browser: shows what is written at once, keeps it until the service has it, and follows the live stream.
// The page works without this file; every sentence shown here comes from the page.
import { serveLocationSheet } from './chat-location.js';
import { createOutgoing } from './chat-outgoing.js';
import { reportSeen } from './chat-seen.js';
import { followStream } from './chat-stream.js';

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
const byId = (id) => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
};
const phone = /** @type {HTMLElement} */ (document.querySelector('.phone'));
const entries = byId('entries');
const scroll = byId('scroll');
const typing = byId('typing');
const status = byId('status');
const notice = byId('notice');
const textBox = /** @type {HTMLTextAreaElement} */ (byId('text'));
/** @type {Record<string, string>} */
const sentences = JSON.parse(phone.dataset.sentences ?? '{}');
const pageTitle = document.title;

// --- Showing -----------------------------------------------------------------------------------------------------

const toBottom = () => scroll.scrollTo({ top: scroll.scrollHeight });
const nearBottom = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 160;

/** @param {string} key @returns {HTMLElement | null} */
const entryOf = (key) => entries.querySelector(`[data-key="${CSS.escape(key)}"]`);

let unread = 0;
/**
 * Puts an entry into its place by time, or in place of its earlier state.
 * @param {string} key
 * @param {string} html made and escaped by the service
 */
const showEntry = (key, html) => {
  const template = document.createElement('template');
  template.innerHTML = html;
  const entry = /** @type {HTMLElement | null} */ (template.content.firstElementChild);
  if (!entry) return;
  const known = entryOf(key);
  if (known) {
    // A late answer to the post never takes back the mark that the message was read.
    const older = known.querySelector('.ticks-read') && !entry.querySelector('.ticks-read');
    if (older || known.outerHTML === entry.outerHTML) return;
    known.replaceWith(entry);
    showDay(entry);
    return;
  }
  const stay = nearBottom();
  const at = Number(entry.dataset.at);
  const later = [...entries.querySelectorAll('.entry:not(.waiting)')].find(
    (other) => Number(/** @type {HTMLElement} */ (other).dataset.at) > at,
  );
  entry.classList.add('fresh');
  entries.insertBefore(entry, later ?? null);
  showDay(entry);
  if (stay) toBottom();
  reportSeen(entries);
  if (document.hidden && entry.classList.contains('theirs')) {
    unread += 1;
    document.title = `(${unread}) ${pageTitle}`;
  }
};

/** @param {HTMLElement} entry the first of its day is headed by the day */
const showDay = (entry) => {
  const day = entry.dataset.day;
  if (!day || entries.querySelector(`.day[data-day="${day}"]`)) return;
  const heading = document.createElement('li');
  heading.className = 'day';
  heading.dataset.day = day;
  const words = document.createElement('span');
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Qyzylorda' }).format(new Date());
  words.textContent = day === today ? (sentences.today ?? day) : day.split('-').reverse().join('.');
  heading.append(words);
  entries.insertBefore(heading, entry);
};

/** @param {{ clientId: string, shown: string }} message not yet stored: shown at once, with a clock */
const showWaiting = ({ clientId, shown }) => {
  const key = `in-${clientId}`;
  if (entryOf(key)) return;
  const entry = document.createElement('li');
  entry.className = 'entry mine waiting';
  entry.dataset.key = key;
  entry.dataset.at = String(Date.now());
  const bubble = document.createElement('div');
  bubble.className = 'bubble';
  const words = document.createElement('span');
  words.className = 'words';
  words.dir = 'auto';
  words.textContent = shown;
  const meta = document.createElement('span');
  meta.className = 'meta';
  meta.innerHTML =
    '<svg class="ticks ticks-waiting" viewBox="0 0 12 12" role="img"><circle cx="6" cy="6" r="5"/><path d="M6 3.200V6l2 1.200"/></svg>';
  meta.firstElementChild?.setAttribute('aria-label', sentences['state.waiting'] ?? '');
  bubble.append(words, meta);
  entry.append(bubble);
  entries.append(entry);
  document.querySelector('.starters')?.remove();
  toBottom();
};

/** @param {string} sentence empty: nothing is wrong */
const showNotice = (sentence) => {
  const stay = nearBottom();
  notice.textContent = sentence;
  notice.hidden = sentence === '';
  if (stay) toBottom();
};

let online = true;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingEnds;
const showStatus = () => {
  const key = !online ? 'status.offline' : typing.hidden ? 'status.automatic' : 'status.typing';
  const words = sentences[key] ?? '';
  if (status.textContent !== words) status.textContent = words;
};
/** @param {boolean} on */
const showTyping = (on) => {
  const stay = nearBottom();
  typing.hidden = !on;
  clearTimeout(typingEnds);
  if (on) typingEnds = setTimeout(() => showTyping(false), 60_000);
  showStatus();
  if (on && stay) toBottom();
};

// --- Sending -----------------------------------------------------------------------------------------------------

const outgoing = createOutgoing({
  language: phone.dataset.language ?? 'kk',
  onWaiting: showWaiting,
  onStored: ({ clientId, html }) => {
    if (html) showEntry(`in-${clientId}`, html);
    else entryOf(`in-${clientId}`)?.classList.remove('waiting');
    showNotice('');
  },
  onRefused: (messages, { sentence, seconds }) => {
    for (const { clientId } of messages) entryOf(`in-${clientId}`)?.remove();
    giveBack(messages);
    showNotice(sentence);
    // The sentence names a time to wait: once that is over it would mislead.
    if (seconds > 0) setTimeout(() => notice.textContent === sentence && showNotice(''), seconds * 1000);
  },
  onUnreachable: () => showNotice(sentences['errors.notSent'] ?? ''),
});

const locationSheet = serveLocationSheet(phone, textBox, (latitude, longitude) =>
  outgoing.send({ latitude, longitude }, `📍 ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`),
);

const fitTextBox = () => {
  const stay = nearBottom();
  textBox.style.height = 'auto';
  textBox.style.height = `${textBox.scrollHeight + 2}px`;
  if (stay) toBottom();
};
const draftKey = 'naqty-chat-draft';
const keepDraft = () => {
  fitTextBox();
  sessionStorage.setItem(draftKey, textBox.value);
};
textBox.addEventListener('input', keepDraft);
/** Puts what was typed and not taken back where it was typed, before what is typed there already. @param {{ text?: string, location?: string }[]} messages */
const giveBack = (messages) => {
  textBox.value = [...messages.map(({ text }) => text), textBox.value].filter(Boolean).join('\n');
  keepDraft();
  const place = messages
    .map(({ location }) => location)
    .filter(Boolean)
    .pop();
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector('#location-form [name=location]'));
  if (place && field && field.value === '') field.value = place;
};
textBox.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  textBox.form?.requestSubmit();
});

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (new URL(form.action).pathname !== '/chat/messages') return;
  event.preventDefault();
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (form.id === 'write') {
    const text = textBox.value.trim();
    if (text === '') return;
    outgoing.send({ text }, text);
    textBox.value = '';
    sessionStorage.removeItem(draftKey);
    fitTextBox();
    textBox.focus();
  } else if (form.id === 'location-form') {
    const location = String(new FormData(form).get('location') ?? '');
    outgoing.send({ location }, `📍 ${location}`);
    form.reset();
    locationSheet.close();
  } else if (button?.name === 'choiceId') {
    outgoing.send({ choiceId: button.value }, button.textContent ?? '');
  } else if (button) {
    outgoing.send({ text: button.value }, button.value);
  }
});

// --- Start -------------------------------------------------------------------------------------------------------

if (textBox.value === '') textBox.value = sessionStorage.getItem(draftKey) ?? '';
fitTextBox();
toBottom();
showStatus();
followStream(Number(phone.dataset.mark), {
  onEntry: showEntry,
  onTyping: showTyping,
  onLive: (live) => {
    online = live;
    showStatus();
    if (live) outgoing.retryNow();
  },
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  unread = 0;
  reportSeen(entries);
  document.title = pageTitle;
});
outgoing.resume();
reportSeen(entries);
