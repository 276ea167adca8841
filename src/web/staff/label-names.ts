/** What a label of the understanding is called on the pages: an article by its question, everything else by its name in the locales. */
import type { ArticleView } from '../../facts/articles/articles.js';
import { mayPass, ruleFor } from './access.js';
import { fieldsToEdit } from './article-form.js';
import type { PageContext } from './page-context.js';

const named: ReadonlySet<string> = new Set([
  'eligibility',
  'eligibility-42500',
  'eligibility-50000',
  'eligibility-15000',
  'checkpoint-nearest',
  'human',
  'language',
  'menu',
  'stop',
  'greeting',
  'thanks',
  'bye',
  'escalate',
  'ignore-offtopic',
]);
const idOf = (label: string): string => label.slice(label.indexOf(':') + 1);

/** A label or an article that has no name here stands by its id. */
export const labelName = ({ t, language }: PageContext, articles: readonly ArticleView[], label: string): string => {
  const id = idOf(label);
  if (label.startsWith('service:eligibility-') && !named.has(id)) {
    return `${t('label.eligibility')}: ${id.slice('eligibility-'.length)}`;
  }
  if (!label.startsWith('faq:')) return named.has(id) ? t(`label.${id}`) : label;
  const article = articles.find((one) => one.id === id);
  return article === undefined ? id : fieldsToEdit(article).question[language] || id;
};

/** Where the label's article is edited, for those who may open it. */
export const articlePath = ({ staff }: PageContext, label: string): string | null => {
  if (!label.startsWith('faq:')) return null;
  const path = `/articles/${idOf(label)}`;
  return mayPass(ruleFor('GET', path), staff?.role) ? `/staff${path}` : null;
};
