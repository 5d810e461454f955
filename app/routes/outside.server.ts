import { isOutsideOfAdmin } from '#app/flows/authenticate-merchant.ts';

/** Pages that have no platform's admin around them bring their own menu, messages and dialogs. */
export function isOutside(request: Request): boolean {
  return new URL(request.url).pathname.startsWith('/connect/') || isOutsideOfAdmin(request);
}
