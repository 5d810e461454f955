import { useNavigation, useSearchParams } from '@remix-run/react';
import { useSearchText } from './use-search-text.ts';

export interface ListAddress {
  readonly search: string;
  readonly setSearch: (text: string) => void;
  /** changes parts of the address; an empty value takes one out, and everything but a page starts at page one */
  readonly go: (part: Readonly<Record<string, string>>) => void;
  readonly loading: boolean;
}

/** The list's place in the address: typing waits a moment. */
export function useListAddress(initial: string): ListAddress {
  const [params, setParams] = useSearchParams();
  const loading = useNavigation().state === 'loading';
  const go = (part: Readonly<Record<string, string>>): void => {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (!('page' in part)) next.delete('page');
        for (const [name, value] of Object.entries(part)) {
          if (value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: 'search' in part, preventScrollReset: true },
    );
  };
  const [search, setSearch] = useSearchText(initial, params.get('search') ?? '', (text) => {
    go({ search: text });
  });
  return { search, setSearch, go, loading };
}
