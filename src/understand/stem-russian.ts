/** Russian stems by the Snowball rules, remembered for words met before (the rules are the slowest step of reading a message). */
import snowball from 'snowball-stemmers';
import { remembered } from './remembered.js';

const stemmer = snowball.newStemmer('russian');
const stem = remembered(20_000, (word) => stemmer.stem(word.replaceAll('ё', 'е')));

/** Stem of one lower-case Cyrillic word, before folding (the rules need ь, ы, я). Words over 40 letters come back as they are. */
export const stemRussian = (word: string): string => (word.length > 40 ? word : stem(word));
