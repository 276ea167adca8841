/** Russian stems by the Snowball rules, remembered for words met before (the rules are the slowest step of reading a message). */
import snowball from 'snowball-stemmers';

const stemmer = snowball.newStemmer('russian');
const remembered = new Map<string, string>();
const most = 20_000;

/** Stem of one lower-case Cyrillic word, before folding (the rules need ь, ы, я). */
export function stemRussian(word: string): string {
  if (word.length > 40) return word;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const stem = stemmer.stem(word.replaceAll('ё', 'е'));
  if (remembered.size >= most) remembered.clear();
  remembered.set(word, stem);
  return stem;
}
