import { gmtTime, siteTime } from '../../site-time.ts';

/** A time in the two forms in which WooCommerce shows each: the site's clock, and GMT without a `Z`. */
export function dates<N extends string>(
  name: N,
  iso: string | null,
  timeZone: string,
): Record<N | `${N}_gmt`, string | null> {
  return { [name]: siteTime(iso, timeZone), [`${name}_gmt`]: gmtTime(iso) } as Record<N | `${N}_gmt`, string | null>;
}
