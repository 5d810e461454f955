import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The nearest proxy appends the address it saw, so only the last one of the header is not the sender's own word. */
export function senderAddress(c: Context): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  const direct = c.env === undefined || !('incoming' in (c.env as object)) ? '' : (getConnInfo(c).remote.address ?? '');
  return forwarded ? `${direct} ${forwarded}` : direct;
}
