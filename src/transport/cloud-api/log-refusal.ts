/** What a refusal asks of an administrator, for the log: whether the answer to a message or its status told of it. */
import type { Logger } from 'pino';
import { type Verdict, verdictOf } from './errors.js';
import type { MetaError } from './webhook-shapes.js';

const whatToDo: Partial<Record<Verdict, string>> = {
  account: 'WhatsApp Cloud API lets nothing out: see /readyz.',
  template:
    'WhatsApp refuses the template that asks residents to write: have it approved in WhatsApp Manager in both languages, or check CLOUD_API_TEMPLATE.',
};

export const logRefusal = (logger: Logger, error: MetaError, httpStatus: number): void => {
  const todo = whatToDo[verdictOf(error, httpStatus)];
  if (todo !== undefined) logger.error({ code: error.code }, todo);
};
