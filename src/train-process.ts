/** The process that trains: gets the material from its parent, gives the model's bytes back, ends. */
import { serialiseModel } from './understand/serialise.js';
import { trainIndex } from './understand/train.js';

process.once('disconnect', () => process.exit(1));
process.once(
  'message',
  ({
    material,
    phrases,
  }: {
    material: Parameters<typeof trainIndex>[0];
    phrases: Parameters<typeof trainIndex>[1];
  }) => {
    process.send?.(serialiseModel(trainIndex(material, phrases)), undefined, undefined, () => process.exit(0));
  },
);
