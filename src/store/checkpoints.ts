/** Checkpoints on the roads, found by name, by id and by distance; and the kinds of vehicles they speak of. */
import mongoose from 'mongoose';
import type { CheckpointFields } from '../facts/checkpoints/checkpoint-fields.js';
import type { Bilingual } from '../language.js';
import { type Connection, defineModel, schemaOptions } from './connect.js';
import type { Origin, PackNote } from './origin.js';
import type { Session } from './session.js';

export interface CheckpointDocument {
  _id: string;
  fields: CheckpointFields;
  /** GeoJSON, longitude first. */
  location: { type: 'Point'; coordinates: [number, number] };
  sample: boolean;
  position: number;
  version: number;
  origin: Origin;
  updatedAt: Date;
  updatedBy: string;
}
export interface VehicleKindDocument {
  _id: string;
  name: Bilingual;
  position: number;
  version: number;
  origin: Origin;
  updatedAt: Date;
  updatedBy: string;
}

const { Mixed } = mongoose.Schema.Types;
const checkpointSchema = new mongoose.Schema<CheckpointDocument>(
  {
    _id: { type: String, required: true },
    fields: { type: Mixed, required: true },
    location: { type: Mixed, required: true } as never,
    sample: { type: Boolean, required: true },
    position: { type: Number, required: true },
    version: { type: Number, required: true },
    origin: { type: Mixed, required: true },
    updatedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
  },
  schemaOptions,
);
// The version is named, because an engine that stores it takes an index without one for another index at the next start.
checkpointSchema.index({ location: '2dsphere' }, { '2dsphereIndexVersion': 3 } as never);
const vehicleKindSchema = new mongoose.Schema<VehicleKindDocument>(
  {
    _id: { type: String, required: true },
    name: { type: Mixed, required: true } as never,
    position: { type: Number, required: true },
    version: { type: Number, required: true },
    origin: { type: Mixed, required: true },
    updatedAt: { type: Date, required: true },
    updatedBy: { type: String, required: true },
  },
  schemaOptions,
);

const replacing = <T extends { _id: string }>(documents: readonly T[]) =>
  documents.map((document) => ({
    replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
  }));

export const createCheckpointRows = (connection: Connection) => {
  const checkpoints = defineModel(connection, 'checkpoints', checkpointSchema);
  const kinds = defineModel(connection, 'vehicle_kinds', vehicleKindSchema);
  return {
    models: [checkpoints, kinds],
    find: (id: string): Promise<CheckpointDocument | null> =>
      checkpoints.findById(id).lean<CheckpointDocument | null>().exec(),
    all: (): Promise<CheckpointDocument[]> =>
      checkpoints.find().sort({ position: 1, _id: 1 }).lean<CheckpointDocument[]>().exec(),
    vehicleKinds: (): Promise<VehicleKindDocument[]> =>
      kinds.find().sort({ position: 1, _id: 1 }).lean<VehicleKindDocument[]>().exec(),
    /** Nearest first, each with its distance in metres. */
    near: (latitude: number, longitude: number, limit: number): Promise<(CheckpointDocument & { metres: number })[]> =>
      checkpoints.aggregate<CheckpointDocument & { metres: number }>([
        {
          $geoNear: {
            near: { type: 'Point', coordinates: [longitude, latitude] },
            distanceField: 'metres',
            key: 'location',
            spherical: true,
          },
        },
        { $limit: limit },
      ]),
    /** Changes fields of a checkpoint that still has `version`; false when somebody was quicker. */
    async change(
      id: string,
      version: number,
      fields: Partial<CheckpointFields>,
      by: string,
      at: Date,
    ): Promise<boolean> {
      const set = Object.fromEntries(Object.entries(fields).map(([name, value]) => [`fields.${name}`, value]));
      const result = await checkpoints.updateOne(
        { _id: id, version },
        { $set: { ...set, updatedAt: at, updatedBy: by }, $inc: { version: 1 } },
      );
      return result.matchedCount === 1;
    },
    /** Whether there is one at all. */
    any: async (): Promise<boolean> => (await checkpoints.exists({})) !== null,
    readForImport: (session: Session): Promise<CheckpointDocument[]> =>
      checkpoints.find({}, null, { session }).lean<CheckpointDocument[]>().exec(),
    async putFromImport(session: Session, documents: readonly CheckpointDocument[]): Promise<void> {
      if (documents.length > 0) await checkpoints.bulkWrite(replacing(documents), { session });
    },
    async noteFromPack(session: Session, id: string, note: PackNote): Promise<void> {
      await checkpoints.updateOne({ _id: id }, { $set: note }, { session });
    },
    kinds: {
      readForImport: (session: Session): Promise<VehicleKindDocument[]> =>
        kinds.find({}, null, { session }).lean<VehicleKindDocument[]>().exec(),
      async putFromImport(session: Session, documents: readonly VehicleKindDocument[]): Promise<void> {
        if (documents.length > 0) await kinds.bulkWrite(replacing(documents), { session });
      },
      async noteFromPack(session: Session, id: string, note: PackNote): Promise<void> {
        await kinds.updateOne({ _id: id }, { $set: note }, { session });
      },
    },
  };
};
export type CheckpointRows = ReturnType<typeof createCheckpointRows>;
