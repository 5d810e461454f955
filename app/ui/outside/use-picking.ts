import { useFetcher } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { Pickable } from '#app/routes/products.pick.ts';
import { answerPages, type FrameRequests } from './requests.ts';

/** A request that is open, and what the store has for the words in the search field. */
export function usePicking<Name extends 'pickProducts' | 'pickCollections'>(
  name: Name,
  idsOf: (request: FrameRequests[Name]) => readonly string[],
) {
  const [request, setRequest] = useState<FrameRequests[Name] | null>(null);
  const [search, setSearch] = useState('');
  const fetcher = useFetcher<Pickable>();
  const { load } = fetcher;
  useEffect(
    () =>
      answerPages(name, (next) => {
        setRequest(next);
        setSearch('');
      }),
    [name],
  );
  const open = request !== null;
  const ids = request ? idsOf(request).join(',') : '';
  useEffect(() => {
    if (!open) return;
    const query = new URLSearchParams({ kind: name === 'pickProducts' ? 'products' : 'collections', search, ids });
    // Typing is one search, not one a letter.
    const timer = setTimeout(() => load(`/products/pick?${query.toString()}`), search === '' ? 0 : 200);
    return () => clearTimeout(timer);
  }, [open, name, search, ids, load]);
  return {
    request,
    close: () => setRequest(null),
    search,
    setSearch,
    found: fetcher.data,
    loading: fetcher.state !== 'idle',
  };
}
