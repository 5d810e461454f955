import { zoneOffset } from '../site-time.ts';
import type { RestContext } from './request.ts';

const namespaces = ['oembed/1.0', 'wc/v1', 'wc/v2', 'wc/v3', 'wc/store', 'wc/store/v1', 'wc-telemetry', 'wp/v2'];

/** What `/wp-json/` tells everybody, or a namespace's own index. */
export function siteIndex(context: RestContext, paths: readonly string[], namespace: string | null) {
  const { site } = context.store;
  const routes = Object.fromEntries(
    paths.map((path) => [
      path.replace(/:id/g, '(?P<id>[\\d]+)'),
      { namespace: 'wc/v3', methods: ['GET'], endpoints: [], _links: { self: [{ href: context.restUrl(path) }] } },
    ]),
  );
  if (namespace !== null) return { namespace, routes, _links: { up: [{ href: context.restUrl('/') }] } };
  return {
    name: site.title,
    description: '',
    url: context.siteUrl(),
    home: context.siteUrl(),
    gmt_offset: (zoneOffset(context.store.now().getTime(), site.timeZone) / 3_600_000).toString(),
    timezone_string: site.timeZone,
    page_for_posts: 0,
    page_on_front: 0,
    show_on_front: 'posts',
    namespaces,
    authentication: {},
    routes,
    site_logo: 0,
    site_icon: 0,
    site_icon_url: '',
    _links: { help: [{ href: 'https://developer.wordpress.org/rest-api/' }] },
  };
}
