/** "Try a question": what the bot would answer to a message, and why, without storing or sending anything. */
import type { ArticleView } from '../../facts/articles/articles.js';
import { withDots } from '../../inbound/masked.js';
import type { TriedQuestion } from '../../inbound/try-question.js';
import { type Language, languages } from '../../language.js';
import { formatText } from '../format-text.js';
import { fieldsToEdit } from './article-form.js';
import { ExplanationPanel } from './explanation-panel.js';
import { formatPercent } from './format.js';
import type { ExplanationProps } from './message-reading.js';
import { type PageContext, queueName } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

/** Longest message that may be tried, in characters. */
export const longestTried = 2000;

export interface TryPageProps extends Omit<ExplanationProps, 'explanation'> {
  /** What the form shows: the last question, IINs masked. */
  readonly asked: { readonly text: string; readonly language: Language; readonly article: string };
  /** Absent before the first question. */
  readonly tried?: TriedQuestion;
}

export const TryPage = ({ context, articles, concepts, checkpoints, asked, tried }: TryPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('nav.try')}>
      <h1>{t('nav.try')}</h1>
      <p class="muted">{t('try.lead')}</p>
      <form method="post" action="/staff/try" class="panel grid trying">
        <div class="field wide">
          <label for="try-text">{t('try.message')}</label>
          <textarea id="try-text" name="text" rows={3} required maxLength={longestTried}>
            {asked.text}
          </textarea>
        </div>
        <div class="field">
          <label for="try-language">{t('try.language')}</label>
          <select id="try-language" name="language">
            {languages.map((language) => (
              <option key={language} value={language} selected={language === asked.language}>
                {t(`language.${language}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="try-article">{t('try.article')}</label>
          <ArticleOptions context={context} articles={articles} chosen={asked.article} />
        </div>
        <div class="actions wide">
          <button type="submit" class="primary">
            {t('try.submit')}
          </button>
        </div>
      </form>
      {tried ? (
        <div class="tried">
          <Outcome context={context} tried={tried} />
          <ExplanationPanel
            context={context}
            explanation={tried.explanation}
            articles={articles}
            concepts={concepts}
            checkpoints={checkpoints}
          />
        </div>
      ) : null}
    </StaffLayout>
  );
};

interface ArticleOptionsProps {
  readonly context: PageContext;
  readonly articles: readonly ArticleView[];
  readonly chosen: string;
}
const ArticleOptions = ({ context: { t, language }, articles, chosen }: ArticleOptionsProps) => (
  <select id="try-article" name="article">
    <option value="">{t('try.noArticle')}</option>
    {articles
      .filter((article) => article.published)
      .map((article) => (
        <option key={article.id} value={article.id} selected={article.id === chosen}>
          {fieldsToEdit(article).question[language]}
        </option>
      ))}
  </select>
);

/** The reply as the resident would see it, and the decision in a sentence. */
const Outcome = ({
  context,
  context: { t },
  tried,
}: {
  readonly context: PageContext;
  readonly tried: TriedQuestion;
}) => {
  const { text, reply, ticket, why } = tried;
  const numbers = {
    percent: formatPercent(why.confidence),
    answer: formatPercent(why.answerAt),
    offer: formatPercent(why.clarifyAt),
  };
  return (
    <section class="group" aria-labelledby="outcome-title">
      <h2 id="outcome-title">{t('try.outcome')}</h2>
      <div class="bubbles">
        <div class="entry in">
          <span class="from">{t('conversation.resident')}</span>
          <p class="words">{withDots(text)}</p>
        </div>
        {reply ? (
          <div class="entry out bot">
            <span class="from">{t('conversation.bot')}</span>
            <p class="words" lang={reply.language}>
              {formatText(reply.text)}
            </p>
          </div>
        ) : null}
      </div>
      <p class="decision">
        {t(`why.${why.reason}`, numbers)}
        {reply || why.reason === 'silent' ? null : ` ${t('try.listsClosed')}`}
      </p>
      {ticket ? (
        <p>
          <span class={ticket.urgent ? 'mark mark-urgent' : 'mark'}>
            {t('ticket.queue')}: {queueName(context, ticket.queue)}
          </span>
        </p>
      ) : null}
    </section>
  );
};
