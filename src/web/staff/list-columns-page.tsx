/** Asks once which column holds what, or which sheet is meant; the file waits, sealed. */
import { statuses } from '../../facts/eligibility/programme-fields.js';
import { type ColumnMapping, listFields } from '../../facts/lists/columns.js';
import type { PageContext } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';

interface ListColumnsPageProps {
  readonly context: PageContext;
  readonly file: string;
  readonly fileName: string;
  readonly programme: string;
  readonly asOf: string;
  readonly sheet?: string | undefined;
  /** Columns of the file; empty while the sheet is not known. */
  readonly columns: readonly string[];
  readonly sheets: readonly string[];
  readonly guessed: ColumnMapping['columns'];
}
const controls = { programme: 'programmeColumn', status: 'statusColumn' } as const;
const controlOf = (field: (typeof listFields)[number]): string =>
  field === 'programme' || field === 'status' ? controls[field] : field;

export const ListColumnsPage = (props: ListColumnsPageProps) => {
  const { context, file, fileName, programme, asOf, sheet, columns, sheets, guessed } = props;
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('lists:columns.title')}>
      <p class="crumbs">
        <a href="/staff/lists">← {t('lists:title')}</a>
      </p>
      <h1>{t('lists:columns.title')}</h1>
      <Notice text={context.notice} />
      <form method="post" action={`/staff/list-columns/${file}`} class="panel stack">
        <p class="muted">{sheets.length > 0 ? t('lists:columns.sheetLead') : t('lists:columns.lead')}</p>
        <input type="hidden" name="fileName" value={fileName.slice(0, 200)} />
        <input type="hidden" name="programme" value={programme} />
        <input type="hidden" name="asOf" value={asOf} />
        {sheets.length > 0 ? (
          <div class="field">
            <label for="sheet">{t('lists:columns.sheet')}</label>
            <select id="sheet" name="sheet">
              {sheets.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </div>
        ) : (
          <>
            {sheet === undefined ? null : <input type="hidden" name="sheet" value={sheet} />}
            {listFields.map((field) => (
              <div key={field} class="field">
                <label for={field}>{t(`lists:field.${field}`)}</label>
                <select id={field} name={controlOf(field)} required={field === 'iin'}>
                  <option value="">{t('lists:columns.none')}</option>
                  {columns
                    .filter((column) => column !== '')
                    .map((column) => (
                      <option key={column} value={column} selected={guessed[field] === column}>
                        {column}
                      </option>
                    ))}
                </select>
              </div>
            ))}
            <div class="field">
              <label for="one-status">{t('lists:columns.oneStatus')}</label>
              <select id="one-status" name="status">
                <option value="">{t('lists:columns.fromColumn')}</option>
                {statuses.map((status) => (
                  <option key={status} value={status}>
                    {t(`lists:status.${status}`)}
                  </option>
                ))}
              </select>
            </div>
          </>
        )}
        <div class="actions">
          <button type="submit" class="primary">
            {t('lists:upload.check')}
          </button>
        </div>
      </form>
    </StaffLayout>
  );
};
