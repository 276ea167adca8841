/** The article editor's form, to and from an article's fields; the rules of the fields themselves stay with the articles. */
import { z } from 'zod';
import { type ArticleFields, topics } from '../../facts/articles/article-fields.js';
import type { ArticleView } from '../../facts/articles/articles.js';

/** Of any length: the articles' own limits answer beside the field, and the server's limit on bodies bounds them all. */
const text = z.string().transform((value) => value.replaceAll('\r\n', '\n'));

const written = {
  topic: z.enum(topics),
  questionKk: text,
  questionRu: text,
  answerKk: text,
  answerRu: text,
  examplesKk: text,
  examplesRu: text,
  keywords: text,
  sourceKk: text,
  sourceRu: text,
  verifiedOn: text,
  reviewBy: text,
  validUntil: text,
};
export const articleForm = z.object({
  verdict: z.enum(['save', 'preview', 'publish']),
  version: z.coerce.number().int().min(0),
  ...written,
});
export const newArticleForm = z.object({
  verdict: z.enum(['preview', 'create']),
  id: z.string().trim(),
  ...written,
});
const writtenForm = z.object(written);
type Written = z.infer<typeof writtenForm>;

const lines = (value: string): string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const fieldsOf = (form: Written): ArticleFields => ({
  topic: form.topic,
  question: { kk: form.questionKk.trim(), ru: form.questionRu.trim() },
  answer: { kk: form.answerKk.trim(), ru: form.answerRu.trim() },
  examples: { kk: lines(form.examplesKk), ru: lines(form.examplesRu) },
  keywords: form.keywords
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== ''),
  source: { kk: form.sourceKk.trim(), ru: form.sourceRu.trim() },
  verifiedOn: form.verifiedOn.trim(),
  reviewBy: form.reviewBy.trim(),
  ...(form.validUntil.trim() === '' ? {} : { validUntil: form.validUntil.trim() }),
});

/** An empty form. */
export const noFields: ArticleFields = {
  topic: 'services',
  question: { kk: '', ru: '' },
  answer: { kk: '', ru: '' },
  examples: { kk: [], ru: [] },
  keywords: [],
  source: { kk: '', ru: '' },
  verifiedOn: '',
  reviewBy: '',
};

/** What the editor shows: the draft where there is one, else what is published. */
export const fieldsToEdit = (article: ArticleView): ArticleFields => article.draft ?? article.published ?? noFields;
