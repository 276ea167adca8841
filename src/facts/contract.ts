/** What the inbound worker and the staff pages ask of the rooms of facts; each room implements its own part. */
import type {
  ArticleAnswer,
  CheckpointAnswer,
  EligibilityAnswer,
  ProgrammeId,
  ProgrammeName,
  Topic,
} from '../dialogue/fact-requests.js';
import type { MaskedIin } from '../inbound/masked.js';
import type { IndexMaterial } from '../understand/contract.js';

export interface ArticleFacts {
  /** The published version, or null where there is none. */
  published(id: string): Promise<ArticleAnswer | null>;
  publishedByTopic(topic: Topic): Promise<readonly ArticleAnswer[]>;
  /** What the index is made of: published articles only. */
  indexMaterial(): Promise<IndexMaterial['articles']>;
}
export interface EligibilityFacts {
  programmes(): Promise<readonly ProgrammeName[]>;
  /** The programme that an article is about, if any. */
  programmeOfArticle(articleId: string): Promise<ProgrammeId | undefined>;
  /** Looks one IIN up in one programme or all. `contactId` is throttled. */
  check(request: {
    readonly iin: MaskedIin;
    readonly programme: ProgrammeId | 'all';
    readonly contactId: string;
  }): Promise<EligibilityAnswer>;
}
export interface CheckpointFacts {
  find(id: string): Promise<CheckpointAnswer | null>;
  all(): Promise<readonly CheckpointAnswer[]>;
  /** At most three, nearest first, with distances in km. */
  near(latitude: number, longitude: number): Promise<readonly CheckpointAnswer[]>;
  indexMaterial(): Promise<IndexMaterial['checkpoints']>;
}
