/** The endings of Kazakh nouns and verbs as a grammar: what each makes, what it follows, after which sounds it stands, and its forms. */
import { fold } from '../fold.js';
import { flatten } from './letters.js';

/** What a word is up to an ending. `noun` and `verb` are bare roots. */
export type Shape =
  | 'noun'
  | 'verb'
  | 'plural'
  | 'mine'
  | 'theirs'
  | 'case'
  | 'belonging'
  | 'denied'
  | 'converb'
  | 'present'
  | 'past'
  | 'pastPerson'
  | 'participle'
  | 'deed'
  | 'gerund'
  | 'condition'
  | 'wish'
  | 'order'
  | 'desire'
  | 'person'
  | 'asked';

export interface Ending {
  /** Tells it from all others. */
  readonly number: number;
  readonly makes: Shape;
  readonly follows: readonly Shape[];
  /** Classes of sounds it stands after, see `classesOf`. */
  readonly after: string;
  /** Shared letters. */
  readonly form: string;
  /** It keeps its vowel after any stem: -мен, -нікі. */
  readonly free: boolean;
  /** It turns the meaning: "түс-пе-ді". */
  readonly denies: boolean;
  /** Too short or too common in other words to be taken off a root that is not known: never, or not where it is the last. */
  readonly knownOnly: 'always' | 'last' | undefined;
  /** Another reading of the same word is likelier: "әкелер" is әке + лер and not әкел + ер. */
  readonly rare: boolean;
}

const anySound = 'VYRLMZT';
const things = 'noun plural participle deed belonging';
const owned = `${things} mine theirs`;
const acts = 'verb denied';

/**
 * One row for each: makes | follows | after | forms | marks. Marks: "-" denies, "~" no harmony,
 * "?" rare, "!" after known roots only, "^" so where it is the last.
 * Order and sounds as in the grammars of literary Kazakh; "!" and the colloquial rows are for chats.
 */
const rows = `
plural     | noun participle belonging | VYR    | лар лер
plural     | noun participle belonging | LMZ    | дар дер
plural     | noun participle belonging | T      | тар тер
mine       | ${things} desire          | V      | м ңыз ңіз мыз міз
mine       | ${things} desire          | V      | ң                 | ?
mine       | ${things} desire          | YRLMZT | ым ім ыңыз іңіз ымыз іміз
mine       | ${things} desire          | YRLMZT | ың ің             | ?
theirs     | ${things} desire          | V      | сы сі
theirs     | ${things}                 | YRLMZT | ы і
case       | ${things}                 | VYRLMZ | ға ге
case       | ${things}                 | T      | қа ке
case       | mine                      | M      | а е
case       | mine                      | Z      | ға ге
case       | theirs belonging          | V      | на не
case       | ${things} mine            | VYRLMZ | да де
case       | ${things}                 | T      | та те
case       | theirs                    | V      | нда нде
case       | ${things} mine            | VYRLZ  | дан ден
case       | ${things} mine theirs     | VM     | нан нен
case       | ${things}                 | T      | тан тен
case       | ${owned}                  | VM     | ның нің
case       | ${things} mine            | YRLZ   | дың дің
case       | ${things}                 | T      | тың тің
case       | ${things}                 | V      | ны ні
case       | ${things} mine            | YRLMZ  | ды ді
case       | ${things}                 | T      | ты ті
case       | theirs                    | V      | н                 | 
case       | ${owned}                  | VYRLM  | мен               | ~
case       | ${owned}                  | Z      | бен               | ~
case       | ${things}                 | T      | пен               | ~
belonging  | ${things} mine            | VYRLMZ | дағы дегі
belonging  | ${things}                 | T      | тағы тегі
belonging  | theirs                    | V      | ндағы ндегі
belonging  | noun participle           | VYRLMZ | ғы гі             | !
belonging  | noun participle           | T      | қы кі             | !
belonging  | ${owned}                  | VM     | нікі              | ~
belonging  | ${owned}                  | YRLZ   | дікі              | ~
belonging  | ${things}                 | T      | тікі              | ~
person     | ${acts}                   | VYRLMZ | ғам гем           | !
person     | ${acts}                   | T      | қам кем           | !
deed       | participle                | M      | дық дік
denied     | verb                      | VYRL   | ма ме             | -^
denied     | verb                      | MZ     | ба бе             | -^
denied     | verb                      | T      | па пе             | -^
denied     | verb converb              | ${anySound} | алма         | -!~
converb    | ${acts}                   | YRLMZT | а е               | ^
converb    | ${acts}                   | V      | й                 | ^
present    | converb                   | VY     | мын мін сың сің сыз сіз ды ді мыз міз сыңдар сіңдер сыздар сіздер
present    | converb                   | VY     | м                 | !
present    | converb                   | VY     | д                 | !?
past       | ${acts}                   | VYRLMZ | ды ді
past       | ${acts}                   | T      | ты ті
pastPerson | past                      | V      | м ңыз ңіз қ к ңдар ңдер ңыздар ңіздер
pastPerson | past                      | V      | ң                 | ?
participle | ${acts}                   | VYRLMZ | ған ген
participle | ${acts}                   | T      | қан кен
participle | ${acts}                   | YRLMZT | атын етін
participle | ${acts}                   | VY     | йтын йтін
gerund     | ${acts}                   | YRLMZT | ып іп
gerund     | ${acts}                   | V      | п                 | !
person     | gerund                    | T      | пын пін сың сің сыз сіз ты ті пыз піз
condition  | ${acts}                   | ${anySound} | са се         | !
person     | condition                 | V      | ң                 | !?
person     | condition                 | V      | м ңыз ңіз қ к ңдар ңдер ңыздар ңіздер
order      | ${acts}                   | YRLMZT | ыңыз іңіз ыңыздар іңіздер ыңдар іңдер
order      | ${acts}                   | V      | ңыз ңіз ңыздар ңіздер ңдар ңдер
order      | ${acts}                   | YRLMZT | ың ің             | !?
order      | ${acts}                   | ${anySound} | сын сін       | !
wish       | ${acts}                   | YRLMZT | айын ейін айық ейік
wish       | ${acts}                   | VY     | йын йін йық йік
person     | order wish verb denied    | ${anySound} | шы ші         | !
deed       | ${acts}                   | ${anySound} | у             | !
gerund     | ${acts}                   | VYRLMZ | ғалы гелі ғанша генше
gerund     | ${acts}                   | T      | қалы келі қанша кенше
gerund     | denied                    | V      | йынша йінше
desire     | ${acts}                   | VYRLMZ | ғы гі             | !
desire     | ${acts}                   | T      | қы кі             | !
participle | ${acts}                   | YRLMZT | ар ер             | !?
participle | verb                      | V      | р                 | !?
participle | denied                    | V      | с                 | !?
wish       | ${acts}                   | VYRL   | мақ мек мақшы мекші | !
wish       | ${acts}                   | MZ     | бақ бек бақшы бекші | !
wish       | ${acts}                   | T      | пақ пек пақшы пекші | !
person     | verb                      | R      | мын мін мыз міз   | !
person     | participle case wish      | VYRLM  | мын мін мыз міз
person     | participle wish           | MZ     | быз біз бын бін
person     | participle wish           | T      | пын пін пыз піз
person     | participle case wish      | ${anySound} | сың сің сыз сіз сыңдар сіңдер сыздар сіздер
person     | noun mine theirs belonging | VYRLM  | мын мін           | 
person     | noun                      | Z      | бын бін
person     | noun                      | T      | пын пін
person     | noun                      | ${anySound} | сың сің сыз сіз | !?
person     | noun plural               | VYRL   | мыз міз           | !
person     | noun plural               | MZ     | быз біз           | !
person     | noun plural               | T      | пыз піз           | !
asked      | converb present past pastPerson participle person case mine | VYRL | ма ме | !~
asked      | present pastPerson participle person case mine | MZ   | ба бе          | !~
asked      | pastPerson gerund person   | T      | па пе             | !~
asked      | noun theirs               | VYRL   | ма ме             | !?~
asked      | noun                      | MZ     | ба бе             | !?~
asked      | noun                      | T      | па пе             | !?~
`;

function parsed(): readonly Omit<Ending, 'number'>[] {
  return rows
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [makes, follows, after, forms, marks = ''] = row.split('|').map((cell) => cell.trim());
      // ы and і are one letter here: "ым" and "ім" are one form, and the stem's vowel is compared with the written one.
      // Folded text writes doubled letters once: "ейін" is also "еин" there.
      const flat = (forms ?? '').split(' ').map((form) => flatten(form).letters);
      const shared = new Set([...flat, ...flat.map(fold)]);
      return [...shared].map((form) => ({
        makes: makes as Shape,
        follows: (follows ?? '').split(/\s+/u) as Shape[],
        after: after ?? '',
        form,
        free: marks.includes('~'),
        denies: marks.includes('-'),
        knownOnly: marks.includes('!') ? 'always' : marks.includes('^') ? 'last' : undefined,
        rare: marks.includes('?'),
      }));
    });
}

/** All endings. */
export const endings: readonly Ending[] = parsed().map((ending, number) => ({ ...ending, number }));
