// @ts-check
/** Staff pages that keep themselves fresh: one event stream a browser, shared by its tabs; without this script every form still works. */

/** @type {any} */
const htmx = /** @type {any} */ (window).htmx;
const live = document.body.hasAttribute('data-live');
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('naqty-staff') : null;

/** Sentences of the page's language; none stands in this script. @type {Record<'signedOut' | 'notSent' | 'kept', string>} */
const sentences = JSON.parse(document.body.dataset.sentences ?? '{}');
/** @param {string} sentence empty: nothing is wrong (any more) */
const say = (sentence) => {
  const notice = document.getElementById('page-notice');
  if (!notice) return;
  notice.textContent = sentence;
  notice.hidden = sentence === '';
};

/** Something was typed that no form has taken yet; an editor's page may hold it from the form before. */
const holdsTyped = () =>
  document.querySelector('form.editor') !== null ||
  [...document.querySelectorAll('textarea')].some((box) => box.value !== box.defaultValue);
let saidSignedOut = false;
/** Nobody is signed in any more: on to the sign-in, but never away from what was typed. Told once: a later refusal says more. */
const leave = () => {
  if (!holdsTyped()) location.assign('/staff/sign-in');
  else if (!saidSignedOut) say(sentences.signedOut);
  saidSignedOut = true;
};

/** @param {ParentNode} region */
const isEdited = (region) =>
  [...region.querySelectorAll('textarea')].some(
    (box) => box.value !== box.defaultValue || box === document.activeElement,
  ) ||
  // A number that is being typed.
  [.../** @type {NodeListOf<HTMLInputElement>} */ (region.querySelectorAll('input[inputmode]'))].some(
    (field) => field.value !== field.defaultValue,
  );

/** @param {Element} region */
const focusWithin = (region) => {
  const focused = document.activeElement;
  if (!focused || !region.contains(focused)) return null;
  for (const name of ['id', 'href', 'action', 'value', 'class']) {
    const value = focused.getAttribute(name);
    if (value) return `${focused.localName}[${name}="${CSS.escape(value)}"]`;
  }
  return focused.localName;
};

const scrollDown = () => {
  const entries = document.querySelector('.entries');
  if (entries) entries.scrollTop = entries.scrollHeight;
};

/** @param {Element} region @param {Element} fresh */
const replaceRegion = (region, fresh) => {
  if (region.isEqualNode(fresh) || isEdited(region)) return;
  const entries = region.querySelector('.entries');
  const atEnd = !entries || entries.scrollHeight - entries.scrollTop - entries.clientHeight < 80;
  const top = entries?.scrollTop ?? 0;
  const focus = focusWithin(region);
  const arrived = document.importNode(fresh, true);
  region.replaceWith(arrived);
  htmx?.process(arrived);
  if (focus) /** @type {HTMLElement | null} */ (arrived.querySelector(focus))?.focus();
  const now = arrived.querySelector('.entries');
  if (now) now.scrollTop = atEnd ? now.scrollHeight : top;
};

/** From the end of one fetch to the next: twenty pages and twenty tickets a second are no storm. */
const restMs = 700;
let running = false;
let again = false;
const refresh = async () => {
  const page = document.body.dataset.page;
  const regions = [...document.querySelectorAll('[data-live-region]')];
  if (!page || regions.length === 0) return;
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const response = await fetch(page, { headers: { Accept: 'text/html' } });
    if (response.redirected) return leave();
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    for (const region of document.querySelectorAll('[data-live-region]')) {
      const match = region.id ? fresh.getElementById(region.id) : null;
      if (match) replaceRegion(region, match);
    }
  } catch {
    // The connection is away; the stream's return refreshes.
  } finally {
    setTimeout(() => {
      running = false;
      if (!again) return;
      again = false;
      void refresh();
    }, restMs);
  }
};

/** From a stream that the server did not give to the next try. */
const againMs = 5000;
/** Holds the browser's one stream until its tab closes; the lock then passes to another tab. */
const lead = () =>
  new Promise((released) => {
    /** @param {string} word */
    const tell = (word) => {
      channel?.postMessage(word);
      hear(word);
    };
    const open = () => {
      const stream = new EventSource('/staff/events');
      stream.addEventListener('hello', () => tell('refresh'));
      stream.addEventListener('changed', (event) => tell(`changed ${event.data}`));
      stream.addEventListener('reset', () => tell('refresh'));
      stream.addEventListener('signed-out', () => {
        stream.close();
        tell('signed-out');
        released(undefined);
      });
      stream.addEventListener('error', () => {
        // A lost line the browser mends by itself. A refusal it takes as final: nobody may be signed in any more, which the page then shows.
        if (stream.readyState !== EventSource.CLOSED) return;
        tell('refresh');
        setTimeout(open, againMs);
      });
    };
    open();
  });

/** Whether a change ("tickets/CONVERSATION" or a room's name) is one that this page shows. @param {string} change */
const concerns = (change) => {
  const { follows, conversation } = document.body.dataset;
  const [room = '', of] = change.split('/');
  if (follows !== undefined && !follows.split(' ').includes(room)) return false;
  return conversation === undefined || of === undefined || of === conversation;
};

/** @param {unknown} word */
function hear(word) {
  const [kind, ...changes] = String(word).split(' ');
  if (kind === 'signed-out') leave();
  else if (kind !== 'changed' || changes.some(concerns)) void refresh();
}

const renewRequestId = (/** @type {HTMLFormElement} */ form) => {
  const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem('requestId'));
  if (field)
    field.value = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
};

document.addEventListener('htmx:after:request', (event) => {
  const form = /** @type {HTMLElement} */ (event.target).closest?.('form[data-reply]');
  if (!(form instanceof HTMLFormElement)) return;
  const status = /** @type {any} */ (event).detail?.ctx?.response?.raw?.status ?? 0;
  if (status < 200 || status >= 400) return;
  form.reset();
  const box = form.querySelector('textarea');
  if (box) {
    box.value = '';
    box.focus();
  }
  renewRequestId(form);
  say('');
  saidSignedOut = false;
  void refresh();
});
// A page without the conversation refuses in a sentence: that is shown, and what stands here stays with what was typed.
document.addEventListener('htmx:before:swap', (event) => {
  const text = /** @type {any} */ (event).detail?.ctx?.text ?? '';
  const answer = new DOMParser().parseFromString(text, 'text/html');
  if (answer.getElementById('outcome')) return;
  event.preventDefault();
  say(answer.querySelector('[role=alert]:not(#page-notice)')?.textContent ?? sentences.notSent);
});
document.addEventListener('htmx:error', () => say(sentences.kept));
document.addEventListener('htmx:after:swap', scrollDown);

/** Ctrl or ⌘ + Enter sends. */
document.addEventListener('keydown', (event) => {
  const box = event.target;
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !(box instanceof HTMLTextAreaElement)) return;
  box.form?.requestSubmit();
});

/** Live length of the fields that have a limit people should see. */
const showLength = (/** @type {HTMLTextAreaElement} */ box) => {
  const shown = document.getElementById(`${box.id}-length`);
  if (!shown) return;
  const limit = Number(box.dataset.limit);
  const length = [...box.value].length;
  shown.textContent = `${length} / ${limit}`;
  shown.classList.toggle('over', length > limit);
};
for (const box of document.querySelectorAll('textarea[data-limit]')) {
  if (!(box instanceof HTMLTextAreaElement)) continue;
  showLength(box);
  box.addEventListener('input', () => showLength(box));
}

/** Seconds in which something can be taken back; at their end the page tells what became of it. */
let countsTo = 0;
setInterval(() => {
  const shown = /** @type {HTMLElement | null} */ (document.querySelector('[data-until]'));
  if (!shown) {
    countsTo = 0;
    return;
  }
  // The server says how long; the clocks of the two may differ.
  if (countsTo === 0) countsTo = performance.now() + Number(shown.dataset.until);
  const left = Math.ceil((countsTo - performance.now()) / 1000);
  shown.textContent = String(Math.max(0, left));
  if (left <= 0) void refresh();
}, 250);

scrollDown();
document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
// How long somebody waits grows without a change that would tell of it.
if (live)
  setInterval(() => {
    if (!document.hidden) void refresh();
  }, 60_000);
if (live && document.querySelector('[data-live-region]')) {
  channel?.addEventListener('message', (event) => hear(event.data));
  if (channel && navigator.locks) {
    void navigator.locks.request('naqty-staff-events', lead);
    // A tab that follows another's stream may have been rendered just before it listened.
    void refresh();
  } else void lead();
}
