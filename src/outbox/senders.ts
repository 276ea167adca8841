/** The senders of all channels that are served, started and stopped together: each goes its own pace under its own lease. */
import type { Changes } from '../store/changes.js';
import type { ChannelName, Transport } from '../transport/contract.js';
import { createSender, type SenderParts } from './sender.js';

export type Senders = ReturnType<typeof createSenders>;

export const createSenders = ({
  transports,
  ...parts
}: Omit<SenderParts, 'transport'> & { readonly transports: readonly Transport[] }) => {
  const senders = new Map(transports.map((transport) => [transport.channel, createSender({ ...parts, transport })]));
  return {
    /** Sends what is due in the conversation on this channel, if this process is its sender. */
    wake: (channel: ChannelName, conversationId: string): void => senders.get(channel)?.wake(conversationId),
    /** Milliseconds since the channel's sender last looked for work. */
    idleMs: (channel: ChannelName): number => senders.get(channel)?.idleMs() ?? 0,
    start(changes: Changes): void {
      for (const sender of senders.values()) sender.start(changes);
    },
    async stop(): Promise<void> {
      await Promise.all([...senders.values()].map((sender) => sender.stop()));
    },
  };
};
