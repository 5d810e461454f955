import { useRouteLoaderData } from '@remix-run/react';
import type { PlatformWords } from '#app/platforms/platform.ts';

/** Which store a browser outside of an admin is signed in to; what the frame around its pages names. */
export interface SignedIn {
  readonly name: string;
  readonly domain: string;
  readonly words: PlatformWords;
}

/** The store that is signed in to where no admin is around the page; null where nobody is. */
export function useSignedIn(): SignedIn | null {
  return useRouteLoaderData<{ signedIn: SignedIn | null }>('root')?.signedIn ?? null;
}

/** True where no admin is around the page: then menu, messages and dialogs are ours. */
export function useOutside(): boolean {
  return useRouteLoaderData<{ outside: boolean }>('root')?.outside ?? false;
}
