/** Colleagues who look at the same ticket, and who of them is writing. */
import type { PresenceDocument } from '../../store/presence.js';
import type { Translate } from './staff-texts.js';

interface PresenceProps {
  readonly present: readonly PresenceDocument[];
  readonly names: ReadonlyMap<string, string>;
  readonly t: Translate;
}

export const Presence = ({ present, names, t }: PresenceProps) => (
  <div id="presence" data-live-region role="status">
    {present.map(({ staffId, typing }) => (
      <p key={staffId} class={typing ? 'looking typing' : 'looking'}>
        {t(typing ? 'inbox:isTyping' : 'inbox:isLooking', { name: names.get(staffId) ?? t('conversation.specialist') })}
      </p>
    ))}
  </div>
);
