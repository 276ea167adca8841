/** What the small answerer of the page's tests says: to each kind of message something that shows what arrived. */
import type { MessageDocument } from '../../src/store/messages.js';
import type { Answer } from './small-chat.js';

export const plain = (text: string): Answer => ({ text, choices: [], asksLocation: false });
export const answer = (message: MessageDocument): Answer | null => {
  if (message.kind === 'location') return plain(`Орын: ${message.location?.latitude} ${message.location?.longitude}`);
  if (message.kind === 'choice') return plain(`Таңдау: ${message.choiceId} ${message.text}`);
  if (message.text === 'үндеме') return null;
  if (message.text === 'таңдау') {
    return {
      text: '1. Бір\n2. Екі',
      choices: [
        { id: 'one', title: 'Бір' },
        { id: 'two', title: 'Екі' },
      ],
      asksLocation: false,
    };
  }
  if (message.text === 'қайда') return { text: 'Орныңызды жіберіңіз', choices: [], asksLocation: true };
  return plain(`Жауап: ${message.text}`);
};
