/** Conversations in both languages in the embedded chat's own way in. */
import { describeConversations } from './conversations.js';
import { createRoom } from './room.js';

for (const language of ['kk', 'ru'] as const) describeConversations(language, createRoom);
