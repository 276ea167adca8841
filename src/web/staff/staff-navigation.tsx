/** Where one can go: the sections that a role may open in one row; where they are too many for it, by groups with a second row. */
import type { Role } from '../identity/roles.js';
import { mayPass, ruleFor } from './access.js';
import type { PageContext } from './page-context.js';

const groups = {
  inbox: ['inbox', 'undelivered'],
  content: ['articles', 'canned', 'synonyms', 'try'],
  lists: ['programmes', 'lists', 'overview'],
  channel: ['channel'],
  people: ['queues', 'people', 'audit'],
} as const;
type Group = keyof typeof groups;
type Section = (typeof groups)[Group][number];
/** Sections that still fit into one row of a desk's screen. */
const fitting = 6;

/** Pages that belong to a section without standing under its address. */
const within: Readonly<Record<string, Section>> = {
  tickets: 'inbox',
  conversations: 'inbox',
  shift: 'inbox',
  groups: 'inbox',
  'group-replies': 'inbox',
  'new-article': 'articles',
  corrections: 'articles',
  'new-concept': 'synonyms',
  'new-programme': 'programmes',
  'list-columns': 'lists',
};
/** The first part of the page's path below /staff, such as `inbox`. */
const sectionOf = (path: string): string => {
  const part = /^\/staff\/([\w-]+)/.exec(path)?.[1] ?? '';
  return within[part] ?? part;
};

export const StaffNavigation = ({ context, role }: { readonly context: PageContext; readonly role: Role }) => {
  const { t, path } = context;
  const here = sectionOf(path);
  const open = Object.entries(groups).flatMap(([group, sections]) => {
    const passed = sections.filter((section) => mayPass(ruleFor('GET', `/${section}`), role));
    return passed.length > 0 ? [{ group: group as Group, sections: passed as readonly Section[] }] : [];
  });
  const all = open.flatMap(({ sections }) => sections);
  const isHere = (section: Section) =>
    section === here ? (path === `/staff/${section}` ? ('page' as const) : ('true' as const)) : undefined;
  const link = (section: Section) => (
    <a key={section} href={`/staff/${section}`} aria-current={isHere(section)}>
      {t(`nav.${section}`)}
      {section === 'inbox' ? <Waiting context={context} /> : null}
    </a>
  );
  if (all.length <= fitting) return <nav aria-label={t('layout.sections')}>{all.map(link)}</nav>;
  const current = open.find(({ sections }) => sections.some((section) => section === here));
  return (
    <>
      <nav aria-label={t('layout.sections')}>
        {open.map(({ group, sections }) =>
          group === 'channel' ? (
            sections.map(link)
          ) : (
            <a key={group} href={`/staff/${sections[0]}`} aria-current={group === current?.group ? 'true' : undefined}>
              {t(`inbox:nav.${group}`)}
              {group === 'inbox' ? <Waiting context={context} /> : null}
            </a>
          ),
        )}
      </nav>
      {current && current.sections.length > 1 ? (
        <nav class="second" aria-label={t(`inbox:nav.${current.group}`)}>
          {current.sections.map((section) => (
            <a key={section} href={`/staff/${section}`} aria-current={isHere(section)}>
              {t(`nav.${section}`)}
            </a>
          ))}
        </nav>
      ) : null}
    </>
  );
};

/** How many wait in this person's queues; the script puts it into the title, and rings for them and, for who leads, for broken promises. */
const Waiting = ({ context: { t, waiting, late } }: { readonly context: PageContext }) => (
  <span
    id="waiting"
    class="badge"
    data-live-region
    data-waiting={waiting}
    data-words={t('inbox:waitingNow', { count: waiting })}
    data-late={late}
    data-late-words={t('inbox:late.count', { count: late })}
    title={t('inbox:waitingNow', { count: waiting })}
    hidden={waiting === 0}
  >
    {waiting}
  </span>
);
