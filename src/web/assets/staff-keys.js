// @ts-check
/** Keys for who works all day: j and k through lists and tickets, c claims, r replies, e resolves, / searches, ? tells of them all. */

/** @param {EventTarget | null} target */
const isWriting = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const rows = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-rows] a.row')]);
/** @param {1 | -1} step */
const move = (step) => {
  const list = rows();
  const place = list.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = list[place === -1 ? (step === 1 ? 0 : list.length - 1) : place + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
};
/** Presses what the page offers under this key. @param {string} key */
const press = (key) => {
  const offered = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"]`));
  offered?.click();
  return offered !== null;
};
const help = /** @type {HTMLDialogElement | null} */ (document.getElementById('keys'));

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && isWriting(event.target)) return /** @type {HTMLElement} */ (event.target).blur();
  if (isWriting(event.target) || help?.open) return;
  const done = (() => {
    switch (event.key) {
      case '?':
        help?.showModal();
        return help !== null;
      case '/': {
        const search = /** @type {HTMLElement | null} */ (document.querySelector('[data-search]'));
        search?.focus();
        return search !== null;
      }
      case 'r': {
        const box = document.getElementById('reply-text');
        box?.focus();
        return box !== null;
      }
      case 'j':
      case 'k':
        if (press(event.key)) return true;
        move(event.key === 'j' ? 1 : -1);
        return true;
      default:
        return /^[a-z1-9]$/.test(event.key) && press(event.key);
    }
  })();
  if (done) event.preventDefault();
});

/** Rings when more wait than before, in a hidden tab above all: the title says how many, and the system shows a message where it may. */
const title = document.title;
const badge = () => document.getElementById('waiting')?.dataset ?? {};
const waiting = () => Number(badge().waiting ?? 0);
/** Broken promises, told to who leads. */
const late = () => Number(badge().late ?? 0);
let known = waiting();
let knownLate = late();
/** @param {string} words @param {string} tag */
const ring = (words, tag) => {
  if (document.hidden && 'Notification' in window && Notification.permission === 'granted')
    new Notification(words, { tag });
};
const showCount = () => {
  const count = waiting();
  document.title = count > 0 ? `(${count}) ${title}` : title;
  if (count > known) ring(badge().words ?? '', 'naqty-waiting');
  if (late() > knownLate) ring(badge().lateWords ?? '', 'naqty-late');
  known = count;
  knownLate = late();
};
const nav = document.querySelector('.top nav');
if (nav) {
  showCount();
  new MutationObserver(showCount).observe(nav, { childList: true, subtree: true });
}
const ask = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-ask-notifications]'));
if (ask && 'Notification' in window && Notification.permission === 'default') {
  ask.hidden = false;
  ask.addEventListener('click', async () => {
    await Notification.requestPermission();
    ask.hidden = true;
  });
}
