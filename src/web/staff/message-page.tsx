/** A page that holds one sentence: what was refused or not found, and the way back. */
import type { Response } from 'express';
import { homeOf } from './access.js';
import { contextOf } from './page-context.js';
import { sendPage } from './render.js';
import { StaffLayout } from './staff-layout.js';

export const renderMessage = (res: Response, status: number, sentence: string): void => {
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
      </section>
    </StaffLayout>,
  );
};
