/** Where a piece of content came from: lets an import tell what staff changed since. */
export interface Origin {
  /** It came with a content pack. */
  readonly pack: boolean;
  /** Hash of the fields as the pack gave them last. */
  readonly hash?: string;
}
