import { useRouteLoaderData } from '@remix-run/react';

/** True where no admin is around the page: then menu, messages and dialogs are ours. */
export function useOutside(): boolean {
  return useRouteLoaderData<{ outside: boolean }>('root')?.outside ?? false;
}
