/** The way into a room through a telephone on the simulated WhatsApp, the unmodified library and a real browser. */
import type { Door } from '../dialogue/room.js';
import { createResident } from '../support/resident.js';
import { makeProfile, startWhatsAppService } from '../support/whatsapp-service.js';
import { startSimulatedWhatsApp } from './simulated-whatsapp.js';

const channel = 'whatsapp-web' as const;

export const openWhatsAppDoor = async (): Promise<Door> => {
  const [whatsapp, profile] = await Promise.all([startSimulatedWhatsApp(), makeProfile()]);
  let residents = 0;
  return {
    start: (options) => startWhatsAppService(whatsapp, profile, options),
    resident(service) {
      residents += 1;
      const telephone = whatsapp.telephone(`7708${String(residents).padStart(7, '0')}@c.us`);
      /** Nothing can be tapped here: the number in the text is written instead. */
      const numberOf = async (choiceId: string): Promise<string> => {
        const contact = await service.store.contacts.findByAlias({ channel, id: telephone.id });
        const rows = await service.store.outbox.latest(contact ?? '', 500);
        const places = rows.map(({ choices }) => choices.findIndex(({ id }) => id === choiceId));
        return String(1 + (places.find((place) => place >= 0) ?? -1));
      };
      return createResident(service, telephone.id, {
        channel,
        async send(content, _externalId, quotes) {
          const quoted = quotes === undefined ? {} : { quotedStanzaID: quotes.split('_').at(-1) ?? '' };
          switch (content.kind) {
            case 'text':
              telephone.writes(content.text, quoted);
              return;
            case 'choice':
              telephone.writes(await numberOf(content.choiceId), quoted);
              return;
            case 'location':
              telephone.shares(content.latitude, content.longitude);
              return;
            default:
              throw new Error(`A telephone of the tests does not send ${content.kind}.`);
          }
        },
      });
    },
    async close() {
      await profile.remove();
      await whatsapp.stop();
    },
  };
};
