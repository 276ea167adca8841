/** Keeps one browser or address from drowning the service: how many messages each may post, counted in this process. */
import type { Clock } from '../../clock.js';

/**
 * Messages that are taken within any minute. A person who hurries sends one in three seconds. Behind one address of a mobile network or
 * an office stand many people, so that it may send far more; it is what holds whoever throws their cookie away after each message.
 * Each process counts for itself: behind n processes that share residents, up to n times as much passes.
 */
export const floodLimits = { windowMs: 60_000, ofBrowser: 20, ofAddress: 300 } as const;

/** The network that an address belongs to: a home or a phone has a whole /64 of IPv6 addresses for itself. */
export const networkOf = (address: string): string => {
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros: string[] = Array(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
};

/** @param clock of real time */
export const createFloodLimit = (clock: Clock) => {
  const { windowMs, ofBrowser, ofAddress } = floodLimits;
  /** When each took its turns, oldest first (ms since the epoch). */
  const turns = new Map<string, number[]>();
  let sweptAt = 0;
  const recent = (key: string, now: number): number[] => (turns.get(key) ?? []).filter((at) => at > now - windowMs);
  /** Forgets whoever was silent for the whole window. */
  const sweep = (now: number): void => {
    if (now - sweptAt < windowMs) return;
    sweptAt = now;
    for (const [key, taken] of turns) if ((taken.at(-1) ?? 0) <= now - windowMs) turns.delete(key);
  };
  return {
    /**
     * Takes a turn of both, or of neither.
     * @param browser the browser's alias id
     * @param address as the request came from
     * @returns 0 where it may post; else in how many seconds (at least 1) it may again. A refused try costs no turn.
     */
    take(browser: string, address: string): number {
      const now = clock.now().getTime();
      sweep(now);
      const counted = [
        { key: `browser ${browser}`, limit: ofBrowser },
        { key: `network ${networkOf(address)}`, limit: ofAddress },
      ].map(({ key, limit }) => ({ key, limit, taken: recent(key, now) }));
      const freeAt = counted.map(({ limit, taken }) =>
        taken.length < limit ? now : (taken.at(-limit) ?? now) + windowMs,
      );
      const wait = Math.max(...freeAt) - now;
      if (wait > 0) return Math.ceil(wait / 1000);
      for (const { key, taken } of counted) turns.set(key, [...taken, now]);
      return 0;
    },
    /** How many browsers and networks are remembered. */
    size: (): number => turns.size,
  };
};
