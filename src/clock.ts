/**
 * The two clocks of the service, passed as arguments and never mixed: business time (opening hours, "as of", deadlines of content)
 * and real time (leases, waiting windows, retries). Tests move them; `ask --at` sets only the first.
 */
export interface Clock {
  /** The current instant. */
  now(): Date;
}
export interface Clocks {
  readonly business: Clock;
  readonly real: Clock;
}
export const systemClock: Clock = { now: () => new Date() };
export const systemClocks: Clocks = { business: systemClock, real: systemClock };
export const fixedClock = (at: Date): Clock => ({ now: () => new Date(at) });
