/** Mistypes messages as fingers do: neighbour keys, letters left out, doubled, swapped, spaces lost or slipped in. For measurements; pure. */
import { neighboursOf } from './keyboard.js';

const neighbourOf = (letter: string, random: () => number): string | undefined => {
  const beside = neighboursOf(letter);
  return beside[Math.floor(random() * beside.length)];
};
const isLetter = (letter: string | undefined): boolean => letter !== undefined && /\p{L}/u.test(letter);

/** One slip at a place inside the text; the text itself where the slip drawn cannot happen there. */
function slipped(text: string, at: number, random: () => number): string {
  const letter = text[at] ?? '';
  const next = text[at + 1] ?? '';
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  if (letter === ' ') return before + after;
  if (!isLetter(letter)) return text;
  const slip = random();
  if (slip < 0.34) return before + (neighbourOf(letter, random) ?? letter) + after;
  if (slip < 0.62) return before + after;
  if (slip < 0.78) return isLetter(next) ? before + next + letter + text.slice(at + 2) : text;
  if (slip < 0.9) return `${before}${letter}${neighbourOf(letter, random) ?? letter}${after}`;
  if (slip < 0.96) return before + letter + letter + after;
  return isLetter(text[at - 1]) && isLetter(next) ? `${before} ${letter}${after}` : text;
}

/** Letters to one slip: as careless as a hurried message. */
const lettersToASlip = 13;

/** The text with one slip at least where it has letters, more in longer ones; `random` gives numbers from 0 up to 1. */
export function mistyped(text: string, random: () => number): string {
  const slips = Math.max(1, Math.round(text.length / lettersToASlip));
  let typed = text;
  for (let made = 0, tries = 0; made < slips && tries < slips * 8; tries += 1) {
    const changed = slipped(typed, Math.floor(random() * typed.length), random);
    if (changed !== typed) made += 1;
    typed = changed;
  }
  return typed;
}
