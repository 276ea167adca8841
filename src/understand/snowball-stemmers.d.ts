/** The one function of `snowball-stemmers` (which ships no types) that stemming uses. */
declare module 'snowball-stemmers' {
  interface Stemmer {
    stem(word: string): string;
  }
  const stemmers: { newStemmer(language: 'russian'): Stemmer };
  export default stemmers;
}
