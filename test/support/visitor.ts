/** A visitor of the chat by plain HTTP, with a browser's cookie and no page. */
/** A browser without a page: keeps its cookie. */
export const visitChat = async (url: string) => {
  const first = await fetch(`${url}/chat`);
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const headers = { cookie, 'content-type': 'application/json', 'accept-language': 'ru' };
  const post = (body: unknown) =>
    fetch(`${url}/chat/messages`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const page = async () => (await fetch(`${url}/chat`, { headers: { cookie } })).text();
  /** Reads the stream until `enough` of it came. */
  const listen = async (query: string, enough: (heard: string) => boolean, extra: Record<string, string> = {}) => {
    const abort = new AbortController();
    const response = await fetch(`${url}/chat/events${query}`, {
      headers: { cookie, ...extra },
      signal: abort.signal,
    });
    const decoder = new TextDecoder();
    let heard = '';
    for await (const chunk of response.body ?? []) {
      heard += decoder.decode(chunk, { stream: true });
      if (enough(heard)) break;
    }
    abort.abort();
    return { heard, response };
  };
  return { cookie, first, post, page, listen };
};
/** Waits until it holds, three quarters of a minute at most where no other patience is given. */
export const soon = async (holds: () => Promise<boolean>, patienceMs = 45_000): Promise<void> => {
  for (const until = Date.now() + patienceMs; !(await holds()); ) {
    if (Date.now() > until) throw new Error(`It did not come about in ${patienceMs / 1000} seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};
