/** How a reply is put together: its parts by need, the first word of an automatic assistant, its choices. Pure. */
import type { Choice } from '../transport/contract.js';
import type { Label } from '../understand/contract.js';
import type { ReplyDraft, Settled } from './contract.js';
import type { Speech } from './speech.js';
import type { DialogueState, Expecting } from './state.js';

/** A reply is one message of fewer characters than this (WhatsApp's body of an interactive message). */
export const longestReply = 1_024;

/** Parts of a reply by need: what may stand falls away from the end until the whole fits. */
export interface Parts {
  readonly must: readonly string[];
  readonly may?: readonly string[];
}

export const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1)).trimEnd()}…`;

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');

/** One text below the limit. Where even what must stand is too long (staff's own texts may grow), its longest part is shortened. */
export const fitted = ({ must, may = [] }: Parts): string => {
  for (let kept = may.length; kept >= 0; kept -= 1) {
    const text = join([...must, ...may.slice(0, kept)]);
    if (text.length < longestReply) return text;
  }
  const longest = must.reduce((found, part) => (part.length > found.length ? part : found), '');
  const excess = join(must).length - longestReply + 1;
  return join(must.map((part) => (part === longest ? shorten(part, part.length - excess) : part)));
};

export interface Said {
  readonly parts: Parts;
  readonly outcome: Label | 'clarify';
  readonly state?: Partial<DialogueState>;
  readonly expecting?: Expecting | undefined;
  readonly taps?: readonly Choice[] | undefined;
  readonly asksLocation?: boolean;
  /** Id of the article that is answered with. */
  readonly article?: string;
  readonly ticket?: Settled['ticket'] | undefined;
  readonly joinsTicket?: Settled['joinsTicket'];
  readonly urgent?: boolean | undefined;
  readonly contact?: Settled['contact'];
  readonly checks?: Settled['checks'];
}

const tapsOf = (expecting: Expecting | undefined): readonly Choice[] =>
  expecting && 'choices' in expecting
    ? expecting.choices.map(({ id, title, description }) => ({
        id,
        title,
        ...(description === undefined ? {} : { description }),
      }))
    : [];

/** On first contact it says that this is an automatic assistant: first of all, except where a life is in danger. */
const introduced = (speech: Speech, said: Pick<Said, 'parts' | 'urgent'>): Parts => {
  const { must, may = [] } = said.parts;
  if (speech.state.greeted) return said.parts;
  const intro = speech.say('intro');
  return said.urgent ? { must, may: [...may, intro] } : { must: [intro, ...must], may };
};

/** Whether the parts that must stand fit into one reply of this turn. */
export const fits = (speech: Speech, must: readonly string[]): boolean =>
  join(introduced(speech, { parts: { must } }).must).length < longestReply;

/** A settled turn with its one reply. What was open before is closed unless `expecting` says otherwise. */
export const reply = (speech: Speech, said: Said): Settled => {
  const { expecting: _closed, thanked: _thanked, ...kept } = speech.state;
  const contact = { ...(speech.keepsLanguage ? { language: speech.language } : {}), ...said.contact };
  const draft: ReplyDraft = {
    text: fitted(introduced(speech, said)),
    choices: said.taps ?? tapsOf(said.expecting),
    asksLocation: said.asksLocation ?? false,
    language: speech.language,
    ...(said.article === undefined ? {} : { article: said.article }),
  };
  return {
    kind: 'settled',
    outcome: said.outcome,
    reply: draft,
    ...(said.ticket ? { ticket: said.ticket } : {}),
    ...(said.joinsTicket ? { joinsTicket: said.joinsTicket } : {}),
    ...(said.urgent ? { urgent: true } : {}),
    ...(said.checks ? { checks: said.checks } : {}),
    state: {
      ...kept,
      misses: 0,
      greeted: true,
      ...said.state,
      ...(said.expecting ? { expecting: said.expecting } : {}),
    },
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
  };
};
