/** The form of a content pack: what its files hold once they are read, the same for import and export. */
import { z } from 'zod';
import type { Bilingual } from '../../language.js';
import type { ArticleFields } from '../articles/article-fields.js';
import { articleFields, bilingual, contentId, isoDay } from '../articles/article-fields.js';
import { type CheckpointFields, checkpointFields } from '../checkpoints/checkpoint-fields.js';
import { type ListStatus, type ProgrammeFields, programmeFields } from '../eligibility/programme-fields.js';
import { type ConceptFields, conceptFields } from '../lexicon/concept-fields.js';

export interface PackArticle {
  readonly id: string;
  readonly sample: boolean;
  readonly fields: ArticleFields;
}
export interface PackProgramme {
  readonly id: string;
  readonly sample: boolean;
  readonly fields: ProgrammeFields;
}
export interface PackCheckpoint {
  readonly id: string;
  readonly sample: boolean;
  readonly fields: CheckpointFields;
}
export interface PackVehicleKind {
  readonly id: string;
  readonly name: Bilingual;
}
export interface PackConcept {
  readonly id: string;
  readonly fields: ConceptFields;
}
/** One row of a list, as it is read: the only place where an IIN stands in clear, and only in memory. */
export interface PackRecipient {
  readonly iin: string;
  readonly programme: string;
  readonly status: ListStatus;
  readonly amount: number;
  readonly date: string;
  readonly district: string;
  readonly reason: string;
}
export interface PackList {
  readonly asOf: string;
  readonly rows: readonly PackRecipient[];
}
export interface ContentPack {
  readonly articles: readonly PackArticle[];
  readonly programmes: readonly PackProgramme[];
  readonly vehicleKinds: readonly PackVehicleKind[];
  readonly checkpoints: readonly PackCheckpoint[];
  /** Empty where the pack brings none: an installation then keeps its own. */
  readonly lexicon: readonly PackConcept[];
  /** A sample list, so that eligibility can be tried before staff load a real one. */
  readonly sampleList?: PackList;
}

const idAnd = { id: contentId };
const mayBeSample = { sample: z.literal(true).optional() };

/** What the YAML files hold. Each entry is its fields with `id` (and `sample: true`) beside them. */
export const articlesFile = z.strictObject({ articles: z.array(z.looseObject({ ...idAnd, ...mayBeSample })) });
export const programmesFile = z.strictObject({ programmes: z.array(z.looseObject({ ...idAnd, ...mayBeSample })) });
export const checkpointsFile = z.strictObject({
  vehicleKinds: z.record(contentId, bilingual(80)),
  checkpoints: z.array(z.looseObject({ ...idAnd, ...mayBeSample })),
});
export const lexiconFile = z.strictObject({ concepts: z.array(z.looseObject(idAnd)).max(1000, 'too-many') });
/** `lists.yaml`: the sample list and the day it is valid from. */
export const listsFile = z.strictObject({ sample: z.strictObject({ file: z.string(), asOf: isoDay }) });

export { articleFields, checkpointFields, conceptFields, programmeFields };
