/** Files that the page sends: prepared, uploaded to the server, and named in the message by where they lie there. */
import { type Attributes, Model } from './models.js';

/** Bytes with their type, as the page hands them about. */
export class OpaqueData {
  constructor(readonly blob: Blob) {}
  static createFromData = async (blob: Blob): Promise<OpaqueData> => new OpaqueData(blob);
  url = (): string => URL.createObjectURL(this.blob);
  autorelease = (): void => undefined;
  formData = (): Blob => this.blob;
}

class MediaData extends Model {
  toJSON(): Attributes {
    const { mediaBlob: _blob, ...attributes } = { ...this };
    return attributes;
  }
}
interface MediaObject {
  readonly filehash: string;
  readonly contentInfo: Attributes;
  size: number;
  type: string;
  consolidate(attributes: Attributes): void;
}
const objects = new Map<string, MediaObject>();
const blobs = new Map<string, Blob>();

const kindOf = (mimetype: string, asDocument: boolean): string =>
  asDocument ? 'document' : (['image', 'audio', 'video'].find((kind) => mimetype.startsWith(`${kind}/`)) ?? 'document');

export const prepRawMedia = ({ blob }: OpaqueData, { asDocument = false }: { readonly asDocument?: boolean }) => ({
  async waitForPrep(): Promise<MediaData> {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
    const filehash = btoa(String.fromCharCode(...digest));
    blobs.set(filehash, blob);
    return new MediaData({
      ...{ filehash, type: kindOf(blob.type, asDocument), mimetype: blob.type, size: blob.size, isGif: false },
      ...(blob instanceof File ? { filename: blob.name } : {}),
      mediaBlob: new OpaqueData(blob),
    });
  },
});

export const getOrCreateMediaObject = (filehash: string): MediaObject => {
  const known = objects.get(filehash);
  if (known) return known;
  const made: MediaObject = {
    ...{ filehash, contentInfo: {}, size: blobs.get(filehash)?.size ?? 0, type: 'document' },
    consolidate: ({ type }) => {
      made.type = String(type);
    },
  };
  objects.set(filehash, made);
  return made;
};

export const uploadMedia = async ({ mediaObject }: { readonly mediaObject: MediaObject }) => {
  const answer = await fetch('/mms/upload', { method: 'POST', body: blobs.get(mediaObject.filehash) ?? new Blob() });
  if (!answer.ok) throw new Error(`The upload was answered ${answer.status}.`);
  const { directPath }: { directPath: string } = await answer.json();
  const { filehash } = mediaObject;
  return {
    mediaEntry: { mmsUrl: directPath, directPath, mediaKey: 'key', mediaKeyTimestamp: 0, encFilehash: filehash },
  };
};
