import { readBytes } from '#app/http/read-bytes.ts';

/** Bytes; more than any form of the admin sends. */
const limit = 200_000;

/**
 * Reads a JSON body, or throws the 400 or 413 that says what is wrong with it; of a body that is too long no more is
 * read than shows that. What it holds is not trusted: parse it with a schema.
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request, limit);
  if (bytes === null) throw new Response('This is too long.', { status: 413 });
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new Response('The request could not be read. Reload the page and try again.', { status: 400 });
  }
}
