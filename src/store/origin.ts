/** Where a piece of content came from: lets an import tell what staff changed since. */
export interface Origin {
  /** It came with a content pack. */
  readonly pack: boolean;
  /** Hash of the fields as the pack gave them last. */
  readonly hash?: string;
}

/** What an import notes on an entry whose fields it leaves as they are. */
export interface PackNote {
  readonly origin: Origin;
  readonly position: number;
}
