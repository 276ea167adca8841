/** What `contact:export` and `contact:erase` share: a resident named as the channel knows them, in this installation's database. */
import type { Store } from '../store/store.js';
import type { Alias, ChannelName } from '../transport/contract.js';
import { CommandMisused } from './command-misused.js';

const channelNames: readonly ChannelName[] = ['web', 'whatsapp-web', 'cloud-api'];

/** "web:ID", "cloud-api:77051435131". @throws CommandMisused */
export const aliasFrom = (written: string | undefined, usage: string): Alias => {
  const [name = '', ...rest] = (written ?? '').split(':');
  const channel = channelNames.find((each) => each === name);
  const id = rest.join(':').replace(/^\+/, '');
  if (!channel || id === '') throw new CommandMisused(`${usage}\nChannels: ${channelNames.join(', ')}.`);
  return { channel, id };
};

/** @throws CommandMisused where nobody is known by that name */
export const contactOf = async (store: Pick<Store, 'contacts'>, alias: Alias): Promise<string> => {
  const contactId = await store.contacts.findByAlias(alias);
  if (contactId === null) throw new CommandMisused(`Nobody is known as ${alias.channel}:${alias.id}.`);
  return contactId;
};
