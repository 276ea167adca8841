// Tells the service which of its messages the resident has had before their eyes; each is told once a browser.

const storageKey = 'naqty-chat-seen';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

/** @param {HTMLElement} entries the list of the chat; nothing is told while the page is hidden */
export const reportSeen = (entries) => {
  clearTimeout(soon);
  soon = setTimeout(() => void report(entries).catch(() => undefined), 400);
};

/** @param {HTMLElement} entries */
const report = async (entries) => {
  if (document.hidden) return;
  const told = Number(localStorage.getItem(storageKey) ?? 0);
  const shown = /** @type {HTMLElement[]} */ ([...entries.querySelectorAll('.entry.theirs')])
    .filter((entry) => Number(entry.dataset.at) > told)
    .slice(-100);
  if (shown.length === 0) return;
  const response = await fetch('/chat/seen', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ ids: shown.map((entry) => (entry.dataset.key ?? '').replace('out-', '')) }),
  });
  if (response.ok)
    localStorage.setItem(storageKey, String(Math.max(...shown.map((entry) => Number(entry.dataset.at)))));
};
