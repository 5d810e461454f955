import { useNavigation, useSearchParams } from '@remix-run/react';
import { useEffect, useState } from 'react';

/** Quiet time before a search is asked (milliseconds). */
const searchPauseMs = 300;

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
  const [search, setSearch] = useState(initial);
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
  const current = params.get('search') ?? '';
  useEffect(() => {
    if (search.trim() === current) return;
    const timer = setTimeout(() => {
      go({ search: search.trim() });
    }, searchPauseMs);
    return () => {
      clearTimeout(timer);
    };
  });
  return { search, setSearch, go, loading };
}
