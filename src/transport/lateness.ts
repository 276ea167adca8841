/** What stood with a channel for long while nobody listened is marked when it is taken in. Pure. */

/** What is older when it is taken in is not answered as if it had just been asked. */
const lateAfterMs = 30 * 60_000;

/** The mark of a message written at `sentAt`, where it has one. */
export const lateness = (sentAt: Date, now: Date): { readonly late?: true } =>
  now.getTime() - sentAt.getTime() > lateAfterMs ? { late: true } : {};
