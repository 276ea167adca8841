/** The fields of an article as both its forms have them: Kazakh and Russian side by side, each fault beside its own field. */
import type { VNode } from 'preact';
import { type ArticleFields, longest, topics } from '../../facts/articles/article-fields.js';
import { type Language, languages } from '../../language.js';
import type { ControlFault } from './article-faults.js';
import type { Translate } from './staff-texts.js';

export interface FieldsProps {
  readonly t: Translate;
  readonly fields: ArticleFields;
  readonly faults: readonly ControlFault[];
}
const suffix = { kk: 'Kk', ru: 'Ru' } as const;

/** What ties a control to its label, hint and fault. */
interface Ties {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}
interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly faults: readonly ControlFault[];
  readonly hint?: string | undefined;
  /** A counter that the script keeps up. */
  readonly length?: string | undefined;
  readonly wide?: boolean;
  readonly children: (ties: Ties) => VNode;
}
export const Field = ({ name, label, faults, hint, length, wide, children }: FieldProps) => {
  const id = `field-${name}`;
  const fault = faults.find(({ control }) => control === name);
  const notes = [
    ...(fault ? [{ part: 'fault', words: fault.sentence }] : []),
    ...(hint ? [{ part: 'hint', words: hint }] : []),
    ...(length ? [{ part: 'length', words: length }] : []),
  ];
  const described = notes.map(({ part }) => `${id}-${part}`).join(' ');
  return (
    <div class={`field${wide ? ' wide' : ''}${fault ? ' faulty' : ''}`}>
      <label for={id}>{label}</label>
      {children({
        id,
        name,
        ...(fault ? { 'aria-invalid': 'true' as const } : {}),
        ...(described ? { 'aria-describedby': described } : {}),
      })}
      {notes.map(({ part, words }) => (
        <p key={part} id={`${id}-${part}`} class={part}>
          {words}
        </p>
      ))}
    </div>
  );
};

export const ArticleFieldsForm = ({ t, fields, faults }: FieldsProps) => (
  <>
    <div class="pair">
      {languages.map((language) => (
        <LanguageFields key={language} t={t} fields={fields} faults={faults} language={language} />
      ))}
    </div>
    <div class="panel grid">
      <Field name="topic" label={t('article.topic')} faults={faults}>
        {(ties) => (
          <select {...ties}>
            {topics.map((topic) => (
              <option key={topic} value={topic} selected={topic === fields.topic}>
                {t(`topic.${topic}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="verifiedOn" label={t('article.verifiedOn')} faults={faults}>
        {(ties) => <input {...ties} type="date" value={fields.verifiedOn} required />}
      </Field>
      <Field name="reviewBy" label={t('article.reviewBy')} faults={faults}>
        {(ties) => <input {...ties} type="date" value={fields.reviewBy} required />}
      </Field>
      <Field name="validUntil" label={t('article.validUntil')} faults={faults}>
        {(ties) => <input {...ties} type="date" value={fields.validUntil ?? ''} />}
      </Field>
      <Field name="keywords" label={t('article.keywords')} faults={faults} wide>
        {(ties) => (
          <textarea {...ties} rows={2}>
            {fields.keywords.join(', ')}
          </textarea>
        )}
      </Field>
    </div>
  </>
);

const LanguageFields = ({ t, fields, faults, language }: FieldsProps & { readonly language: Language }) => {
  const answer = fields.answer[language];
  const names = { question: `question${suffix[language]}`, answer: `answer${suffix[language]}` };
  return (
    <fieldset class="panel">
      <legend>{t(`language.${language}`)}</legend>
      <Field name={names.question} label={t('article.question')} faults={faults}>
        {(ties) => <input {...ties} value={fields.question[language]} lang={language} required />}
      </Field>
      <Field
        name={names.answer}
        label={t('article.answer')}
        faults={faults}
        length={`${[...answer].length} / ${longest.answer}`}
      >
        {(ties) => (
          <textarea {...ties} rows={12} lang={language} required data-limit={longest.answer}>
            {answer}
          </textarea>
        )}
      </Field>
      <Field
        name={`source${suffix[language]}`}
        label={t('article.source')}
        hint={t('article.sourceHint')}
        faults={faults}
      >
        {(ties) => <input {...ties} value={fields.source[language]} lang={language} required />}
      </Field>
      <Field
        name={`examples${suffix[language]}`}
        label={t('article.examples')}
        hint={t('article.examplesHint')}
        faults={faults}
      >
        {(ties) => (
          <textarea {...ties} rows={5} lang={language}>
            {fields.examples[language].join('\n')}
          </textarea>
        )}
      </Field>
    </fieldset>
  );
};
