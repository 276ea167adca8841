// The live stream of one browser: the tab that holds the lock opens it and hands every event to the others, so that many
// tabs cost one connection. A stream that broke goes on after the last event that was seen.

/** @typedef {{ onEntry: (key: string, html: string) => void, onTyping: (on: boolean) => void, onLive: (live: boolean) => void }} Listeners */
/** @typedef {{ type: 'bubble' | 'typing' | 'live' | 'join', value: any, mark?: number }} Told */

/**
 * @param {number} start instant (ms) up to which the page shows everything
 * @param {Listeners} listeners
 */
export const followStream = (start, { onEntry, onTyping, onLive }) => {
  let mark = start;
  /** @type {EventSource | null} */
  let source = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reopening;
  const others = 'BroadcastChannel' in window ? new BroadcastChannel('naqty-chat') : null;

  /** @param {Told} told */
  const show = ({ type, value, mark: seen }) => {
    if (seen) mark = Math.max(mark, seen);
    if (type === 'bubble') onEntry(value.key, value.html);
    else if (type === 'typing') onTyping(value);
    else if (type === 'live') onLive(value);
  };
  /** @param {Told} told */
  const tell = (told) => {
    show(told);
    others?.postMessage(told);
  };

  const open = () => {
    clearTimeout(reopening);
    source?.close();
    const stream = new EventSource(`/chat/events?after=${mark}`);
    source = stream;
    stream.addEventListener('bubble', (event) =>
      tell({ type: 'bubble', value: JSON.parse(event.data), mark: Number(event.lastEventId) }),
    );
    stream.addEventListener('typing', (event) => tell({ type: 'typing', value: JSON.parse(event.data).on }));
    stream.addEventListener('ready', (event) => tell({ type: 'live', value: true, mark: Number(event.lastEventId) }));
    stream.addEventListener('error', () => {
      tell({ type: 'live', value: false });
      // The browser comes back by itself after a break, but never after an answer that is no stream (a restart's 503).
      if (stream.readyState === EventSource.CLOSED) reopening = setTimeout(open, 2000);
    });
  };
  const reopenIfBroken = () => {
    if (source && source.readyState !== EventSource.OPEN) open();
  };
  addEventListener('online', reopenIfBroken);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) reopenIfBroken();
  });

  others?.addEventListener('message', ({ data }) => {
    /** @type {Told} */
    const told = data;
    if (told.type !== 'join') show(told);
    else if (source) {
      // A new tab may have missed what came between its page and its listening: read again from there.
      mark = Math.min(mark, told.value);
      open();
    }
  });

  if (others && navigator.locks) {
    // Held until the tab is gone; then the next tab in the line opens the stream.
    void navigator.locks.request('naqty-chat-stream', () => {
      open();
      return new Promise(() => {});
    });
    others.postMessage(/** @type {Told} */ ({ type: 'join', value: mark }));
  } else open();
};
