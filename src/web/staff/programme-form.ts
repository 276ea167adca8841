/** The form of a payment programme, to and from its fields; the rules of the fields themselves stay with the programmes. */
import { type ListStatus, type ProgrammeFields, statuses } from '../../facts/eligibility/programme-fields.js';
import type { ProgrammeFault } from '../../facts/eligibility/programmes.js';
import { type Language, languages } from '../../language.js';
import type { ControlFault } from './article-faults.js';
import type { Translate } from './staff-texts.js';

/** Texts of a result stand under these names, with a next step each. */
export const results = [...statuses, 'notFound'] as const;
export const suffix = { kk: 'Kk', ru: 'Ru' } as const;
export type Written = Readonly<Record<string, string>>;

const lines = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const words = (value: string): string[] =>
  value
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Of a posted form: single texts, in whatever order. */
export const writtenOf = (body: unknown): Written =>
  Object.fromEntries(
    Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.replaceAll('\r\n', '\n')]] : [],
    ),
  );

/** "code = Kazakh | Russian" in each line. */
const reasonsOf = (value: string): ProgrammeFields['refusalReasons'] =>
  Object.fromEntries(
    lines(value).map((line) => {
      const [code = '', texts = ''] = line.split(/=(.*)/s);
      const [kk = '', ru = ''] = texts.split('|');
      return [code.trim(), { kk: kk.trim(), ru: ru.trim() }];
    }),
  );
export const reasonsText = (reasons: ProgrammeFields['refusalReasons']): string =>
  Object.entries(reasons)
    .map(([code, { kk, ru }]) => `${code} = ${kk} | ${ru}`)
    .join('\n');

export const programmeFieldsOf = (id: string, form: Written, before: ProgrammeFields | undefined): ProgrammeFields => {
  const pair = (name: string) => ({ kk: (form[`${name}Kk`] ?? '').trim(), ru: (form[`${name}Ru`] ?? '').trim() });
  const per = <T extends string>(names: readonly T[], prefix: string) =>
    Object.fromEntries(names.map((name) => [name, pair(`${prefix}-${name}`)])) as Record<T, { kk: string; ru: string }>;
  const chosen = statuses.filter((status) => form[`has-${status}`] === 'yes');
  const keywords = words(form.keywords ?? '');
  const questions = { kk: lines(form.questionsKk ?? ''), ru: lines(form.questionsRu ?? '') };
  const asked = questions.kk.length + questions.ru.length > 0;
  return {
    amount: Number((form.amount ?? '').replace(/\s/g, '') || Number.NaN),
    currency: 'KZT',
    name: pair('name'),
    shortName: pair('shortName'),
    organiser: pair('organiser'),
    frequency: form.frequency === 'monthly' ? 'monthly' : 'once',
    intent: before?.intent ?? (`service:eligibility-${id}` as ProgrammeFields['intent']),
    articles: words(form.articles ?? ''),
    listRefreshDays: Number(form.listRefreshDays || Number.NaN),
    statuses: chosen,
    statusNames: per(statuses, 'statusName'),
    refusalReasons: reasonsOf(form.refusalReasons ?? ''),
    resultTexts: { ...per(results, 'result'), found: pair('found') },
    nextSteps: per(results, 'next'),
    ...(keywords.length > 0 ? { keywords } : {}),
    ...(asked ? { questions } : {}),
    ...(form.openFrom ? { openFrom: form.openFrom } : {}),
    ...(form.openUntil ? { openUntil: form.openUntil } : {}),
  };
};

/** A new programme: the names of the statuses and reasons are filled in, everything else is empty. */
export const noProgramme = (t: (language: Language, status: ListStatus) => string): ProgrammeFields => {
  const none = { kk: '', ru: '' };
  const per = Object.fromEntries(results.map((name) => [name, none])) as Record<(typeof results)[number], typeof none>;
  const statusNames = Object.fromEntries(
    statuses.map((status) => [
      status,
      Object.fromEntries(languages.map((language) => [language, t(language, status)])),
    ]),
  ) as ProgrammeFields['statusNames'];
  return {
    amount: Number.NaN,
    currency: 'KZT',
    name: none,
    shortName: none,
    organiser: none,
    frequency: 'once',
    intent: 'service:eligibility',
    articles: [],
    listRefreshDays: 7,
    statuses: [...statuses],
    statusNames,
    refusalReasons: { unknown: { kk: 'себебі көрсетілмеген', ru: 'причина не указана' } },
    resultTexts: { ...per, found: none },
    nextSteps: per,
  };
};

const prefixes: Readonly<Record<string, string>> = {
  resultTexts: 'result',
  nextSteps: 'next',
  statusNames: 'statusName',
};
const isLanguage = (part: string | undefined): part is Language => part === 'kk' || part === 'ru';

/** The first fault of each control, with its sentence. */
export const programmeFaults = (faults: readonly ProgrammeFault[], t: Translate): readonly ControlFault[] => {
  const found = new Map<string, ControlFault>();
  for (const { field, code } of faults) {
    const parts = field.split('.');
    const [name = '', second = ''] = parts;
    const language = parts.find(isLanguage);
    const inResult = prefixes[name] !== undefined && second !== 'found';
    const base = inResult ? `${prefixes[name]}-${second}` : name === 'resultTexts' ? 'found' : name;
    const control = name === 'refusalReasons' ? name : `${base}${language ? suffix[language] : ''}`;
    if (found.has(control)) continue;
    const what = inResult
      ? `${t(`programmes:field.${name}`)}: ${t(`programmes:result.${second}`)}`
      : t(`programmes:field.${name}`);
    const label = language ? `${what} (${t(`language.${language}`)})` : what;
    found.set(control, { control, label, sentence: t(`programmes:fault.${code}`) });
  }
  return [...found.values()];
};
