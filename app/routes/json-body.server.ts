/** More than any form of the admin sends. */
const limit = 200_000;

/**
 * Reads a JSON body, or throws the 400 or 413 that says what is wrong with it. What it holds is not trusted:
 * parse it with a schema.
 */
export async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > limit)
    throw new Response('This is too long.', { status: 413 });
  const text = await request.text();
  if (text.length > limit) throw new Response('This is too long.', { status: 413 });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Response('The request could not be read. Reload the page and try again.', { status: 400 });
  }
}
