/** A page that holds one sentence: what was refused or not found, the way back, and what was typed in vain. */
import type { Response } from 'express';
import { homeOf } from './access.js';
import { contextOf } from './page-context.js';
import { sendPage } from './render.js';
import { StaffLayout } from './staff-layout.js';

/** @param typed texts of the refused form, to be copied from the page */
export const renderMessage = (res: Response, status: number, sentence: string, typed: readonly string[] = []): void => {
  const context = contextOf(res);
  const { t, staff } = context;
  sendPage(
    res,
    status,
    <StaffLayout context={context} title={t('error.title')}>
      <section class="panel narrow">
        <h1>{t('error.title')}</h1>
        <p role="alert">{sentence}</p>
        <p>
          <a class="button" href={staff ? homeOf(staff.role) : '/staff/sign-in'}>
            {staff ? t('error.back') : t('signIn.title')}
          </a>
        </p>
        {typed.length > 0 ? <p class="muted">{t('error.typed')}</p> : null}
        {typed.map((text) => (
          <textarea key={text} rows={4} readOnly aria-label={t('error.typed')}>
            {text}
          </textarea>
        ))}
      </section>
    </StaffLayout>,
  );
};
