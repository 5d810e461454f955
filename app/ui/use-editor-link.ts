import { useRouteLoaderData } from '@remix-run/react';
import type { loader } from '../root.tsx';

/** The page of the admin around us with the settings of its checkout. */
export const checkoutSettings = 'shopify://admin/settings/checkout';

/** Makes links that open the theme editor with one of our blocks already added to the product page. */
export function useEditorLink(): (block: string) => string {
  const root = useRouteLoaderData<typeof loader>('root');
  return (block) => {
    const query = new URLSearchParams({
      template: 'product',
      addAppBlockId: `${root?.apiKey ?? ''}/${block}`,
      target: 'mainSection',
    });
    return `shopify://admin/themes/current/editor?${query.toString()}`;
  };
}
