/** Turns a trained model into bytes and back, so that callers can keep it, hand it to another process, and start without training. */
import { crc32 } from 'node:zlib';
import type { Label } from './contract.js';
import { arraysOf, type Model } from './model.js';

/** Raised whenever reading (normalising, concepts, courtesies), features, training or the shape of a model change: stored models of another version are refused. */
export const modelVersion = 14;

/** The bytes begin with this word, the length of the header and the CRC-32 of all that stands behind the three. */
const magic = Buffer.from('NAQTYMDL');
const preambleLength = 16;
const place = { headerLength: 8, crc: 12 } as const;
/** The arrays begin at multiples of this many bytes: read, they are used where they stand. */
const alignment = 8;
const aligned = (length: number): number => Math.ceil(length / alignment) * alignment;

interface Header {
  readonly version: number;
  readonly labels: readonly Label[];
  readonly checkpoints: Model['checkpoints'];
  readonly lexicon: Model['lexicon'];
  readonly payments: Model['payments'];
  readonly wholeWords: number;
  /** Length in bytes of each array, in the order of `arraysOf`. */
  readonly lengths: readonly number[];
}

/**
 * Bytes of a model, not compressed: to be read again within a moment. Some 15 MB of 45 articles. They stand in memory that threads share, so
 * that one hands the restored model to another as it is. What threads share, V8 does not count as memory that a thread took from outside its
 * heap, which would have all of it cleared at once (Node.js 20: 40 to 120 ms for 60 MB).
 */
export function serialiseModel(model: Model): Buffer {
  const arrays = arraysOf(model).map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  const header: Header = {
    version: modelVersion,
    labels: model.labels,
    checkpoints: model.checkpoints,
    lexicon: model.lexicon,
    payments: model.payments,
    wholeWords: model.spelling.wholeWords,
    lengths: arrays.map((array) => array.length),
  };
  const head = Buffer.from(JSON.stringify(header));
  const from = aligned(preambleLength + head.length);
  const bytes = Buffer.from(new SharedArrayBuffer(arrays.reduce((end, { length }) => end + aligned(length), from)));
  bytes.set(magic);
  bytes.writeUInt32LE(head.length, place.headerLength);
  bytes.set(head, preambleLength);
  let at = from;
  for (const array of arrays) {
    bytes.set(array, at);
    at += aligned(array.length);
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(preambleLength)), place.crc);
  return bytes;
}

/** How many arrays a stored model has. */
const arrayCount = 17;

const refused = (why: string): Error =>
  new Error(`The stored understanding cannot be used: ${why}. It has to be trained again.`);

/** Looks at stored bytes piece by piece, in their order; then says whether they are as they were written. */
export const createByteCheck = () => {
  let told = 0;
  let crc = 0;
  let at = 0;
  return {
    look(piece: Uint8Array): void {
      const view = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      if (at === 0 && piece.length >= preambleLength) told = view.readUInt32LE(place.crc);
      crc = crc32(at === 0 ? view.subarray(preambleLength) : view, crc);
      at += piece.length;
    },
    isRight: (): boolean => at > preambleLength && crc === told,
  };
};

/**
 * The model of these bytes, which it goes on using. Throws an Error where they are no model of this version; the caller then trains anew.
 * That the bytes are as they were written is the caller's to check, see `createByteCheck`: it takes some 10 ms.
 */
export function restoreModel(bytes: Uint8Array): Model {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < preambleLength || !all.subarray(0, magic.length).equals(magic))
    throw refused('its bytes are damaged');
  const headEnd = preambleLength + all.readUInt32LE(place.headerLength);
  let header: Header;
  try {
    header = JSON.parse(all.subarray(preambleLength, headEnd).toString()) as Header;
  } catch {
    throw refused('its bytes are damaged');
  }
  if (header.version !== modelVersion) throw refused('it was made by another version');
  const from = aligned(headEnd);
  const end = header.lengths.reduce((sum, length) => sum + aligned(length), from);
  if (header.lengths.length !== arrayCount || end !== all.length) throw refused('it is not complete');
  // A buffer cut out of a pool may begin anywhere.
  const source = bytes.byteOffset % alignment === 0 ? bytes : bytes.slice();
  let at = source.byteOffset + from;
  let reads = 0;
  const next = <A>(kind: new (buffer: ArrayBufferLike, from: number, length: number) => A, width: number): A => {
    const length = header.lengths[reads] ?? 0;
    const array = new kind(source.buffer, at, length / width);
    reads += 1;
    at += aligned(length);
    return array;
  };
  const int32 = (): Int32Array => next(Int32Array, 4);
  const uint32 = (): Uint32Array => next(Uint32Array, 4);
  const float32 = (): Float32Array => next(Float32Array, 4);
  const uint16 = (): Uint16Array => next(Uint16Array, 2);
  const uint8 = (): Uint8Array => next(Uint8Array, 1);
  return {
    labels: header.labels,
    records: int32(),
    buckets: int32(),
    weights: int32(),
    bias: float32(),
    gathered: float32(),
    holders: uint32(),
    phraseLabels: uint16(),
    phrases: { offsets: int32(), bytes: uint8() },
    spelling: {
      words: { offsets: int32(), bytes: uint8() },
      counts: uint16(),
      keys: uint32(),
      places: int32(),
      wholeWords: header.wholeWords,
    },
    language: { keys: uint32(), buckets: int32(), odds: float32() },
    checkpoints: header.checkpoints,
    lexicon: header.lexicon,
    payments: header.payments,
  };
}
