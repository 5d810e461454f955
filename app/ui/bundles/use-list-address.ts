import { useNavigation, useSearchParams } from '@remix-run/react';
import { useEffect, useState } from 'react';

/** The list's place in the address: typing waits a moment, everything else starts at page one. */
export function useListAddress(query: { readonly search: string }) {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState(query.search);
  const loading = useNavigation().state === 'loading';
  const go = (part: Record<string, string>): void => {
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
    }, 300);
    return () => {
      clearTimeout(timer);
    };
  });
  return { search, setSearch, go, loading };
}
