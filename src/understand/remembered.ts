/** Words come again and again: what was worked out for one is kept, up to a bound. */

/** The same pure function of a text with a memory of at most `most` answers, emptied when full. */
export function remembered<T>(most: number, compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const answer = compute(text);
    if (known.size >= most) known.clear();
    known.set(text, answer);
    return answer;
  };
}
