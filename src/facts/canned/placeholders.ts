/** Places in a canned response that are filled when a specialist inserts it: by what is known, or by the specialist's own hand. Pure. */
import type { Language } from '../../language.js';

/** What the service fills in by itself. */
export const placeholders = ['ticket', 'name', 'date', 'hours', 'due'] as const;
export type Placeholder = (typeof placeholders)[number];

/** How a place is written between {{ and }}: in words of the text's own language, so that what is left unfilled is readable. */
export const placeholderNames: Readonly<Record<Placeholder, Readonly<Record<Language, string>>>> = {
  ticket: { kk: 'өтініш', ru: 'обращение' },
  name: { kk: 'маман', ru: 'специалист' },
  date: { kk: 'күні', ru: 'дата' },
  hours: { kk: 'сағаттар', ru: 'часы' },
  due: { kk: 'мерзім', ru: 'срок' },
};
/** A placeholder whose value is unknown for this ticket is left out here, and stays in the text. */
export type PlaceholderValues = Readonly<Partial<Record<Placeholder, string>>>;

const place = /\{\{([^{}]*)\}\}/g;

const known = new Map<string, Placeholder>(
  placeholders.flatMap((id) => Object.values(placeholderNames[id]).map((name) => [name, id] as const)),
);

/** The text with every known place filled; what nobody but the specialist knows stays as it is written. */
export const fillPlaceholders = (text: string, values: PlaceholderValues): string =>
  text.replace(place, (written, name: string) => {
    const id = known.get(name.trim().toLowerCase());
    return (id && values[id]) ?? written;
  });

/** Places that are still open, each once, as they are written. */
export const openPlaceholders = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(place)].map(([written]) => written)),
];
