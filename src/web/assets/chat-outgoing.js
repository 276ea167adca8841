// What the resident wrote and the service does not have yet: kept over reloads, sent in order, retried until it is stored.
// Every message carries an id made here, so that a retry of what was stored already changes nothing.

/**
 * @typedef {{ text?: string, choiceId?: string, location?: string, latitude?: number, longitude?: number }} Content
 * @typedef {Content & { clientId: string, shown: string }} Waiting
 */
const storageKey = 'naqty-chat-unsent';

/** @returns {string} 128 random bits; `crypto.randomUUID` is missing where the page came by plain http. */
const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @returns {Waiting[]} */
const read = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
};
/** @param {(waiting: Waiting[]) => Waiting[]} change read and written in one go: another tab may keep messages here too */
const keep = (change) => {
  try {
    localStorage.setItem(storageKey, JSON.stringify(change(read())));
  } catch {
    // A full or forbidden storage only costs the retry after a reload.
  }
};

/**
 * @param {{
 *   language: string,
 *   onWaiting: (message: Waiting) => void,
 *   onStored: (stored: { clientId: string, html?: string }) => void,
 *   onRefused: (messages: Waiting[], refusal: { sentence: string, seconds: number }) => void,
 *   onUnreachable: () => void,
 * }} options
 */
export const createOutgoing = ({ language, onWaiting, onStored, onRefused, onUnreachable }) => {
  /** @type {Waiting[]} */
  let queue = [];
  let busy = false;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  /** @param {Waiting[]} messages stored or given back: they wait no more */
  const settle = (messages) => {
    const ids = messages.map(({ clientId }) => clientId);
    queue = queue.filter(({ clientId }) => !ids.includes(clientId));
    keep((waiting) => waiting.filter(({ clientId }) => !ids.includes(clientId)));
  };

  /** @param {Waiting} message @returns {Promise<boolean>} whether it is settled: stored, or refused for good */
  const post = async (message) => {
    const { shown: _shown, ...content } = message;
    const response = await fetch('/chat/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ ...content, lang: language }),
      signal: AbortSignal.timeout(20_000),
    });
    if (response.status >= 500) return false;
    const answer = await response.json();
    if (response.ok) {
      onStored({ clientId: message.clientId, html: answer.html });
      settle([message]);
      return true;
    }
    // What is too much now is the resident's to send again; what waits behind it would be too much as well.
    const refused = response.status === 429 ? queue : [message];
    onRefused(refused, { sentence: answer.error, seconds: Number(response.headers.get('Retry-After') ?? 0) });
    settle(refused);
    return true;
  };

  const flush = async () => {
    clearTimeout(retry);
    if (busy) return;
    busy = true;
    for (let message = queue[0]; message; message = queue[0]) {
      const settled = await post(message).catch(() => false);
      if (!settled) {
        failures += 1;
        if (failures > 1) onUnreachable();
        retry = setTimeout(flush, Math.min(30_000, 500 * 2 ** failures));
        break;
      }
      failures = 0;
    }
    busy = false;
  };
  addEventListener('online', flush);

  return {
    /** @param {Content} content @param {string} shown what its bubble says until the service has it */
    send(content, shown) {
      const message = { ...content, clientId: newId(), shown };
      queue.push(message);
      keep((waiting) => [...waiting, message]);
      onWaiting(message);
      void flush();
    },
    /** Takes up what an earlier page could not send. */
    resume() {
      queue = [...read(), ...queue];
      for (const message of queue) onWaiting(message);
      void flush();
    },
    retryNow() {
      if (queue.length > 0) void flush();
    },
  };
};
