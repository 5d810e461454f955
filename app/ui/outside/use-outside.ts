import { useRouteLoaderData } from '@remix-run/react';

/** The store that is signed in to where no admin is around the page; null where nobody is. */
export function useSignedIn(): { readonly name: string; readonly domain: string } | null {
  return (
    useRouteLoaderData<{ signedIn: { readonly name: string; readonly domain: string } | null }>('root')?.signedIn ??
    null
  );
}

/** True where no admin is around the page: then menu, messages and dialogs are ours. */
export function useOutside(): boolean {
  return useRouteLoaderData<{ outside: boolean }>('root')?.outside ?? false;
}
