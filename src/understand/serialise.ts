/** Turns a trained model into bytes and back, so that callers can keep it and start without training. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Label } from './contract.js';
import { arraysOf, type Model } from './model.js';

/** Raised whenever reading (normalising, concepts, courtesies), features, training or the shape of a model change: stored models of another version are refused. */
export const modelVersion = 13;
const magic = 'naqty-model';

interface Header {
  readonly magic: string;
  readonly version: number;
  readonly labels: readonly Label[];
  readonly checkpoints: Model['checkpoints'];
  readonly lexicon: Model['lexicon'];
  readonly payments: Model['payments'];
  readonly wholeWords: number;
  /** Length in bytes of each array, in the order of `arraysOf`. */
  readonly lengths: readonly number[];
}

/** Bytes of a model, compressed. */
export function serialiseModel(model: Model): Buffer {
  const arrays = arraysOf(model).map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  const header: Header = {
    magic,
    version: modelVersion,
    labels: model.labels,
    checkpoints: model.checkpoints,
    lexicon: model.lexicon,
    payments: model.payments,
    wholeWords: model.spelling.wholeWords,
    lengths: arrays.map((array) => array.length),
  };
  const head = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  return deflateRawSync(Buffer.concat([size, head, ...arrays]), { level: 4 });
}

/** How many arrays a stored model has. */
const arrayCount = 17;

/** The model of these bytes. Throws an Error where they are no model of this version; the caller then trains anew. */
export function restoreModel(bytes: Uint8Array): Model {
  const refused = (why: string): Error =>
    new Error(`The stored understanding cannot be used: ${why}. It has to be trained again.`);
  let raw: Buffer;
  let header: Header;
  let at: number;
  try {
    raw = inflateRawSync(bytes);
    at = 4 + raw.readUInt32LE(0);
    header = JSON.parse(raw.subarray(4, at).toString()) as Header;
  } catch {
    throw refused('its bytes are damaged');
  }
  if (header.magic !== magic || header.version !== modelVersion) throw refused('it was made by another version');
  if (
    header.lengths.length !== arrayCount ||
    at + header.lengths.reduce((sum, length) => sum + length, 0) !== raw.length
  ) {
    throw refused('it is not complete');
  }
  let place = at;
  let reads = 0;
  const next = (): ArrayBuffer => {
    const length = header.lengths[reads] ?? 0;
    reads += 1;
    // A copy of its own: typed arrays need an aligned start.
    const copy = new Uint8Array(raw.subarray(place, place + length)).buffer;
    place += length;
    return copy;
  };
  return {
    labels: header.labels,
    records: new Int32Array(next()),
    buckets: new Int32Array(next()),
    weights: new Int32Array(next()),
    bias: new Float32Array(next()),
    gathered: new Float32Array(next()),
    holders: new Uint32Array(next()),
    phraseLabels: new Uint16Array(next()),
    phrases: { offsets: new Int32Array(next()), bytes: new Uint8Array(next()) },
    spelling: {
      words: { offsets: new Int32Array(next()), bytes: new Uint8Array(next()) },
      counts: new Uint16Array(next()),
      keys: new Uint32Array(next()),
      places: new Int32Array(next()),
      wholeWords: header.wholeWords,
    },
    language: {
      keys: new Uint32Array(next()),
      buckets: new Int32Array(next()),
      odds: new Float32Array(next()),
    },
    checkpoints: header.checkpoints,
    lexicon: header.lexicon,
    payments: header.payments,
  };
}
