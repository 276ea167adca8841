/** WhatsApp's marks (*bold*, _italic_, ~struck~, ```fixed```) and links, as elements of chat and staff pages: no text is trusted as HTML. */
import type { ComponentChildren } from 'preact';

const link = /https?:\/\/[^\s<>"'«»]+/u;
/** A mark opens after a non-word character and closes before one, holds no line break, and does not start or end with a space. */
const mark = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u;
const fixed = /```([^`]+)```/u;
const elementOf = { '*': 'strong', _: 'em', '~': 's' } as const;

/**
 * @param text as WhatsApp would show it
 * @param links false where the words stand inside a link already
 * @returns elements and strings; line breaks stay as they are (the page shows them by `white-space: pre-wrap`)
 */
export const formatText = (text: string, links = true): ComponentChildren[] => {
  const parts: ComponentChildren[] = [];
  let rest = text;
  while (rest.length > 0) {
    const first = [fixed, mark, ...(links ? [link] : [])]
      .map((pattern) => ({ pattern, match: pattern.exec(rest) }))
      .filter((found) => found.match !== null)
      .sort((a, b) => (a.match?.index ?? 0) - (b.match?.index ?? 0))[0];
    if (!first?.match) {
      parts.push(rest);
      break;
    }
    const { match, pattern } = first;
    parts.push(rest.slice(0, match.index));
    let taken = match[0];
    if (pattern === fixed) parts.push(<code>{match[1]}</code>);
    else if (pattern === link) {
      // What ends a sentence does not belong to the address.
      taken = taken.replace(/[.,;:!?)\]*_~…]+$/u, '');
      parts.push(
        <a href={taken} target="_blank" rel="noopener noreferrer nofollow">
          {taken}
        </a>,
      );
    } else {
      const Element = elementOf[match[1] as keyof typeof elementOf];
      parts.push(<Element>{formatText(match[2] ?? '', links)}</Element>);
    }
    rest = rest.slice(match.index + taken.length);
  }
  return parts.filter((part) => part !== '');
};
