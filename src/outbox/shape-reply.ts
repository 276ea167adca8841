/** A rich reply as one channel can show it: buttons where they fit, else a list, else the numbered text alone. The one place that degrades. Pure. */
import type { Capabilities, OutgoingMessage, TapLimits } from '../transport/contract.js';

/** What is meant to be sent, whatever the channel. */
export type MeantMessage = Omit<OutgoingMessage, 'form'>;

/** A tap must be told from the others by what it shows: channels refuse the same title twice. */
const fitsIn = (limits: TapLimits | null, { text, choices }: MeantMessage): boolean =>
  limits !== null &&
  choices.length <= limits.most &&
  text.length <= limits.bodyLength &&
  choices.every(({ title }) => title.length <= limits.titleLength) &&
  new Set(choices.map(({ title }) => title)).size === choices.length;

/**
 * Chooses the richest form that loses nothing: no choice is left out and no title or body is cut; what does not fit goes as its text,
 * which names every choice by number. A file or a template goes with its text alone.
 */
export const shapeReply = (can: Capabilities, meant: MeantMessage): OutgoingMessage => {
  const plain = { ...meant, choices: [], asksLocation: false };
  if (meant.file || meant.template !== undefined) return { ...plain, form: 'text' };
  const beside = meant.asksLocation && can.locationRequest === 'beside-choices';
  if (meant.choices.length > 0) {
    if (fitsIn(can.buttons, meant)) return { ...meant, form: 'buttons', asksLocation: beside };
    if (fitsIn(can.list, meant)) return { ...meant, form: 'list', asksLocation: false };
  }
  const longest = can.buttons?.bodyLength ?? can.bodyLength;
  if (meant.asksLocation && can.locationRequest !== 'none' && meant.text.length <= longest) {
    return { ...plain, form: 'location', asksLocation: true };
  }
  return { ...plain, form: 'text' };
};
