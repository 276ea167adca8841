/** Which topics of the understanding come to a queue: ticked off or taken over from others, in force from the next question. */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { QueueView } from '../../facts/queues/queues.js';
import { lastResort } from '../../facts/queues/starter-routes.js';
import type { Label } from '../../understand/contract.js';
import { liveQueues, type PageContext, queueName } from './page-context.js';

export interface RoutedTopic {
  /** The label of the understanding. */
  readonly label: Label;
  readonly name: string;
  readonly queue: Queue;
}
interface QueueTopicsProps {
  readonly context: PageContext;
  readonly queue: QueueView;
  readonly topics: readonly RoutedTopic[];
}

export const QueueTopics = ({ context, queue, topics }: QueueTopicsProps) => {
  const { t } = context;
  const here = topics.filter((topic) => topic.queue === queue.id);
  const isLast = queue.id === lastResort;
  return (
    <form method="post" action={`/staff/queues/${queue.id}/topics`} class="panel stack editor">
      <fieldset class="ticks-list">
        <legend>{t('queues:topics')}</legend>
        <p class="muted small">
          {isLast ? t('queues:topicsOfLast') : t('queues:topicsHint', { queue: queueName(context, lastResort) })}
        </p>
        {here.length === 0 ? <p class="muted">{t('queues:noTopics')}</p> : null}
        {here.map(({ label, name }) =>
          isLast ? (
            <p key={label}>{name}</p>
          ) : (
            <label key={label} class="tick">
              <input type="hidden" name="had" value={label} />
              <input type="checkbox" name="topics" value={label} checked />
              <span>{name}</span>
            </label>
          ),
        )}
      </fieldset>
      {liveQueues(context)
        .filter((id) => id !== queue.id)
        .map((id) => {
          const theirs = topics.filter((topic) => topic.queue === id);
          return theirs.length === 0 ? null : (
            <details key={id}>
              <summary>{t('queues:takeFrom', { queue: queueName(context, id), count: theirs.length })}</summary>
              {theirs.map(({ label, name }) => (
                <label key={label} class="tick">
                  <input type="checkbox" name="topics" value={label} />
                  <span>{name}</span>
                </label>
              ))}
            </details>
          );
        })}
      <p class="actions">
        <button type="submit">{t('queues:saveTopics')}</button>
      </p>
    </form>
  );
};
