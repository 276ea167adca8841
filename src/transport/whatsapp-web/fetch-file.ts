/** Brings the bytes of what a resident sent, through the page that has the key to them. */
import { inTime } from '../../in-time.js';
import type { FetchedFile, IncomingFile } from '../contract.js';
import type { Session } from './session.js';

/** Below what the keeper of files waits for; a slow download is no sign of a dead page, so that it ends no session. */
const longestDownloadMs = 25_000;

/**
 * `retry` where the page is not there, or cannot have it just now (the telephone is asked to send it once more); `gone` where the message is
 * nowhere any more or the file is larger than `mostBytes`. @throws TooLate, or what the library throws: it may be tried again
 */
export const fetchFile = async (
  live: Session | undefined,
  { ref, size = 0 }: IncomingFile,
  mostBytes: number,
): Promise<FetchedFile> => {
  if (!live) return { kind: 'retry', error: 'WhatsApp is not connected.' };
  if (size > mostBytes) return { kind: 'gone', error: `It has ${size} bytes.` };
  const message = await live.ask(live.client.getMessageById(ref));
  if (!message) return { kind: 'gone', error: 'The number’s device has this message no more.' };
  const media = await inTime(message.downloadMedia(), longestDownloadMs, 'WhatsApp took too long to bring a file.');
  if (!media) return { kind: 'retry', error: 'WhatsApp cannot bring the file now.' };
  const bytes = Buffer.from(media.data, 'base64');
  if (bytes.length > mostBytes) return { kind: 'gone', error: `It has ${bytes.length} bytes.` };
  return { kind: 'fetched', bytes, mimeType: media.mimetype };
};
