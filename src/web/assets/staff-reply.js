// @ts-check
/**
 * The reply box while people and networks come and go: what is typed is kept in this browser until it was sent, a reply that found no
 * network is sent once it is back (the same form, so that it counts once), and colleagues see who looks and who writes.
 */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-reply]'));
const box = form?.querySelector('textarea') ?? null;
const ticket = /** @type {HTMLElement | null} */ (document.querySelector('[data-ticket].conversation'))?.dataset.ticket;
const staff = document.body.dataset.staff ?? '';
const prefix = 'naqty-reply:';
const key = `${prefix}${staff}:${ticket}`;
const retryMs = 5_000;

/** What was typed on a shared computer is nobody else's: signing out forgets it. */
document.querySelector('form[action="/staff/sign-out"]')?.addEventListener('submit', () => {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
});

/** @param {HTMLFormElement} of */
const requestIdOf = (of) => /** @type {HTMLInputElement} */ (of.elements.namedItem('requestId'));

if (form && box && ticket) {
  /** @param {boolean} pending it was sent off and has no answer yet */
  const keep = (pending) => {
    if (box.value.trim() === '') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ text: box.value, requestId: requestIdOf(form).value, pending }));
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  const sendAgain = () => {
    clearTimeout(retry);
    if (form.dataset.pending === undefined) return;
    form.requestSubmit();
  };

  const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
  if (kept && box.value === '') {
    box.value = kept.text;
    if (kept.pending) {
      requestIdOf(form).value = kept.requestId;
      form.dataset.pending = '';
      retry = setTimeout(sendAgain, 500);
    }
  }
  box.addEventListener('input', () => {
    // Other words than those that may have left already are another reply.
    if (form.dataset.pending !== undefined) delete form.dataset.pending;
    keep(false);
  });
  form.addEventListener('submit', () => keep(true));
  document.addEventListener('htmx:error', () => {
    form.dataset.pending = '';
    keep(true);
    clearTimeout(retry);
    retry = setTimeout(sendAgain, retryMs);
  });
  window.addEventListener('online', sendAgain);
  document.addEventListener('htmx:after:request', (event) => {
    if (event.target !== form) return;
    const status = /** @type {any} */ (event).detail?.ctx?.response?.raw?.status ?? 0;
    delete form.dataset.pending;
    if (status >= 200 && status < 400) localStorage.removeItem(key);
    else keep(false);
  });
}

/** Half-written answers go into the box where the cursor is, or stand in the place of what is there. */
document.addEventListener('click', (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest?.('[data-insert]');
  if (!(button instanceof HTMLElement)) return;
  const { insert = '', into, replace } = button.dataset;
  const target = into === undefined ? box : document.getElementById(into);
  if (!(target instanceof HTMLTextAreaElement)) return;
  if (replace !== undefined) target.value = insert;
  else target.setRangeText(insert, target.selectionStart, target.selectionEnd, 'end');
  target.dispatchEvent(new Event('input', { bubbles: true }));
  target.focus();
});

/** A shortcut after a slash becomes its text with the blank that ends it. */
box?.addEventListener('input', () => {
  const before = box.value.slice(0, box.selectionStart);
  const typed = /(?:^|\s)\/([\p{L}\p{M}\p{N}-]+)\s$/u.exec(before)?.[1]?.toLowerCase();
  if (typed === undefined) return;
  const offered = /** @type {HTMLElement | null} */ (
    document.querySelector(`[data-shortcut="${CSS.escape(typed.normalize('NFC'))}"]`)
  );
  if (!offered) return;
  box.setRangeText(offered.dataset.insert ?? '', box.selectionStart - typed.length - 2, box.selectionStart, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
});

if (ticket && document.body.hasAttribute('data-live')) {
  const everyMs = 20_000;
  const typingMs = 6_000;
  let told = '';
  let typedAt = 0;
  /** @param {'looking' | 'typing' | 'away'} state */
  const tell = (state) => {
    told = state;
    const body = new URLSearchParams({ state });
    fetch(`/staff/tickets/${ticket}/presence`, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  };
  const state = () => (Date.now() - typedAt < typingMs ? 'typing' : 'looking');
  const look = () => {
    if (!document.hidden) tell(state());
  };
  look();
  setInterval(look, everyMs);
  box?.addEventListener('input', () => {
    typedAt = Date.now();
    if (told !== 'typing') tell('typing');
    setTimeout(() => {
      if (told === 'typing' && state() === 'looking') tell('looking');
    }, typingMs + 100);
  });
  document.addEventListener('visibilitychange', () => tell(document.hidden ? 'away' : state()));
  window.addEventListener('pagehide', () => tell('away'));
}
