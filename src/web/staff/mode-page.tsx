/** The one switch of the bot: shows what is in force and asks before it changes anything. */
import { type Mode, modes } from '../../store/settings.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface ModePageProps {
  readonly context: PageContext;
  /** The mode that was picked and waits for its confirmation. */
  readonly wanted: Mode | undefined;
}

export const ModePage = ({ context, wanted }: ModePageProps) => {
  const { t, mode } = context;
  return (
    <StaffLayout context={context} title={t('mode.title')}>
      <h1>{t('mode.title')}</h1>
      <p class="muted">{t('mode.lead')}</p>
      <ul class="rows modes">
        {modes.map((one) => (
          <li key={one} class={`row${one === mode ? ' current' : ''}`}>
            <span class="row-head">
              <strong>{t(`mode.${one}.short`)}</strong>
              {one === mode ? <span class="mark">{t('mode.inForce')}</span> : null}
            </span>
            <span class="row-text">{t(`mode.${one}.long`)}</span>
            {one === mode ? null : one === wanted ? (
              <form method="post" action="/staff/mode" class="actions">
                <input type="hidden" name="mode" value={one} />
                <input type="hidden" name="confirmed" value="yes" />
                <p role="alert">{t('mode.sure')}</p>
                <button type="submit" class="primary" autofocus>
                  {t('mode.confirm', { mode: t(`mode.${one}.short`) })}
                </button>
                <a class="button quiet" href="/staff/mode">
                  {t('mode.cancel')}
                </a>
              </form>
            ) : (
              <a class="button" href={`/staff/mode?to=${one}`}>
                {t('mode.choose')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </StaffLayout>
  );
};
