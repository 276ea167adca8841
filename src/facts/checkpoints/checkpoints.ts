/** The room of checkpoints: what residents are told of them, by name or nearest first, and staff's word on their state. */
import type { Clocks } from '../../clock.js';
import type { CheckpointAnswer } from '../../dialogue/fact-requests.js';
import type { Bilingual } from '../../language.js';
import type { CheckpointDocument, CheckpointRows, VehicleKindDocument } from '../../store/checkpoints.js';
import type { CheckpointFacts } from '../contract.js';
import { type CheckpointFields, checkpointFields } from './checkpoint-fields.js';

export type CheckpointErrorCode = 'not-found' | 'stale' | 'invalid';
/** Why a change to a checkpoint was refused. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  constructor(readonly code: CheckpointErrorCode) {
    super(code);
  }
}

export interface CheckpointView extends CheckpointAnswer {
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** The vehicles in words of one language, in the order of the kinds; a kind without a name is left out, not shown as a code. */
const vehicleNames = (ids: readonly string[], kinds: readonly VehicleKindDocument[]): Bilingual => {
  const named = kinds.filter((kind) => ids.includes(kind._id));
  return {
    kk: named.map((kind) => kind.name.kk).join(', '),
    ru: named.map((kind) => kind.name.ru).join(', '),
  };
};

const toAnswer = (document: CheckpointDocument, kinds: readonly VehicleKindDocument[]): CheckpointAnswer => {
  const { name, road, status, hours, allowedVehicles, rules, registration, updatedAt } = document.fields;
  return {
    id: document._id,
    name,
    road,
    status,
    hours,
    vehicles: vehicleNames(allowedVehicles, kinds),
    rules,
    registration,
    updatedAt: new Date(updatedAt),
    sample: document.sample,
  };
};

export interface CheckpointsParts {
  readonly store: { readonly checkpoints: CheckpointRows };
  readonly clocks: Clocks;
}

export const createCheckpoints = ({ store: { checkpoints }, clocks }: CheckpointsParts) => {
  const view = (document: CheckpointDocument, kinds: readonly VehicleKindDocument[]): CheckpointView => ({
    ...toAnswer(document, kinds),
    version: document.version,
    changedBy: document.updatedBy,
    changedAt: document.updatedAt,
  });
  const facts: CheckpointFacts = {
    async find(id) {
      const [document, kinds] = await Promise.all([checkpoints.find(id), checkpoints.vehicleKinds()]);
      return document ? toAnswer(document, kinds) : null;
    },
    async all() {
      const [documents, kinds] = await Promise.all([checkpoints.all(), checkpoints.vehicleKinds()]);
      return documents.map((document) => toAnswer(document, kinds));
    },
    async near(latitude, longitude) {
      const [documents, kinds] = await Promise.all([
        checkpoints.near(latitude, longitude, 3),
        checkpoints.vehicleKinds(),
      ]);
      return documents.map((document) => ({
        ...toAnswer(document, kinds),
        distanceKm: Math.round(document.metres / 100) / 10,
      }));
    },
    indexMaterial: async () =>
      (await checkpoints.all()).map(({ _id: id, fields: { name, aliases, district } }) => ({
        id,
        name,
        aliases,
        district,
      })),
  };
  return {
    ...facts,
    async list(): Promise<readonly CheckpointView[]> {
      const [documents, kinds] = await Promise.all([checkpoints.all(), checkpoints.vehicleKinds()]);
      return documents.map((document) => view(document, kinds));
    },
    /**
     * Staff's word on a checkpoint's state and hours; it counts as confirmed now, and an import leaves it alone.
     * @throws CheckpointError invalid, not-found, stale
     */
    async update(
      id: string,
      change: Partial<Pick<CheckpointFields, 'status' | 'hours' | 'rules'>>,
      by: string,
      version: number,
    ): Promise<CheckpointView> {
      const checked = checkpointFields.pick({ status: true, hours: true, rules: true }).partial().safeParse(change);
      if (!checked.success) throw new CheckpointError('invalid');
      const fields = Object.fromEntries(Object.entries(checked.data).filter(([, value]) => value !== undefined));
      const confirmed = { ...fields, updatedAt: clocks.business.now().toISOString() };
      const changed = await checkpoints.change(id, version, confirmed, by, clocks.real.now());
      const [document, kinds] = await Promise.all([checkpoints.find(id), checkpoints.vehicleKinds()]);
      if (!document) throw new CheckpointError('not-found');
      if (!changed) throw new CheckpointError('stale');
      return view(document, kinds);
    },
  };
};
export type Checkpoints = ReturnType<typeof createCheckpoints>;
