import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * Who sends, by what the connection says and what our own proxies say. Each of them appends the address that it saw to
 * the header; what stands before that is the sender's own word.
 * @param proxies of ours that a request comes through
 */
export function senderAddress(c: Context, proxies: number): string {
  const told = c.req.header('x-forwarded-for')?.split(',') ?? [];
  // Who reached us past some of them is known by the first address that one of ours can have written.
  const forwarded = told.slice(Math.max(0, told.length - proxies))[0]?.trim();
  const direct = c.env === undefined || !('incoming' in (c.env as object)) ? '' : (getConnInfo(c).remote.address ?? '');
  return forwarded ? `${direct} ${forwarded}` : direct;
}
