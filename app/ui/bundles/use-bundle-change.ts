import { useFetcher, useLocation, useNavigate } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { formatPlural } from '../format.ts';
import { toast } from '../app-bridge.ts';

export type ChangeIntent = 'activate' | 'pause' | 'duplicate' | 'delete' | 'restore';

/** What the server did with the chosen bundles. */
export interface ChangeAnswer {
  readonly intent: ChangeIntent;
  /** ids that were changed; for a copy, the new bundle's id */
  readonly done: readonly string[];
  /** why others were not, each in a sentence */
  readonly problems: readonly string[];
}

const said: Readonly<Record<ChangeIntent, string>> = {
  activate: 'activated',
  pause: 'paused',
  duplicate: 'duplicated',
  delete: 'deleted',
  restore: 'restored',
};

export interface BundleChange {
  readonly busy: boolean;
  readonly problems: readonly string[];
  /** ids waiting for the merchant's yes */
  readonly asking: readonly string[];
  readonly run: (intent: ChangeIntent, ids: readonly string[]) => void;
  readonly duplicate: (id: string) => void;
  readonly askDelete: (ids: readonly string[]) => void;
  readonly confirmDelete: () => void;
  readonly cancelDelete: () => void;
}

/** Changes bundles from the list or from one bundle's page, says what happened and offers undo. */
export function useBundleChange(): BundleChange {
  const fetcher = useFetcher<ChangeAnswer>();
  const navigate = useNavigate();
  const inList = useLocation().pathname === '/bundles';
  const [asking, setAsking] = useState<readonly string[]>([]);
  const handled = useRef<ChangeAnswer | undefined>(undefined);

  const submit = fetcher.submit;
  const run = (intent: ChangeIntent, ids: readonly string[]): void => {
    submit({ intent, ids: [...ids] }, { method: 'post', action: '/bundles/change', encType: 'application/json' });
  };
  const answer = fetcher.data;
  const settled = fetcher.state === 'idle';
  useEffect(() => {
    // Another page is gone to when nothing is under way any more, else that would end the way there.
    if (!answer || !settled || handled.current === answer) return;
    handled.current = answer;
    const { intent, done } = answer;
    if (done.length === 0) return;
    const undo = {
      label: 'Undo',
      onUndo: () => {
        submit(
          { intent: 'restore', ids: [...done] },
          { method: 'post', action: '/bundles/change', encType: 'application/json' },
        );
      },
    };
    toast(`${formatPlural(done.length, 'bundle')} ${said[intent]}`, intent === 'delete' ? undo : undefined);
    if (intent === 'duplicate') navigate(`/bundles/${done[0] ?? ''}`);
    else if (intent === 'delete' && !inList) navigate('/bundles');
  }, [answer, inList, navigate, settled, submit]);

  return {
    busy: fetcher.state !== 'idle',
    problems: answer?.problems ?? [],
    asking,
    run,
    duplicate: (id) => {
      run('duplicate', [id]);
    },
    askDelete: setAsking,
    confirmDelete: () => {
      run('delete', asking);
      setAsking([]);
    },
    cancelDelete: () => {
      setAsking([]);
    },
  };
}
