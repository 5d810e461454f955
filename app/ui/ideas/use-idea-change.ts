import { useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { toast } from '../app-bridge.ts';

interface Answer {
  readonly ok: boolean;
  readonly intent?: string;
  readonly id?: string | null;
  readonly message?: string;
}

export interface IdeaChange {
  readonly busy: boolean;
  readonly problem: string | null;
  readonly search: () => void;
  readonly dismiss: (id: string) => void;
  readonly restore: (id: string) => void;
  readonly assume: (assumptions: Readonly<Record<string, number>>) => void;
}

type Sent = Readonly<Record<string, string | Readonly<Record<string, number>>>>;

/** Dismisses ideas with undo, brings them back, starts a search, keeps assumptions; says what happened. */
export function useIdeaChange(onDismissed?: () => void): IdeaChange {
  const fetcher = useFetcher<Answer>();
  const { submit } = fetcher;
  const handled = useRef<Answer | undefined>(undefined);
  const answer = fetcher.data;
  const settled = fetcher.state === 'idle';
  const send = (body: Sent): void => {
    submit(body, { method: 'post', action: '/bundle-ideas?index', encType: 'application/json' });
  };
  useEffect(() => {
    if (!answer || !settled || handled.current === answer) return;
    handled.current = answer;
    const { id } = answer;
    if (!answer.ok) return;
    if (answer.intent === 'dismiss' && id) {
      toast('Idea dismissed', {
        label: 'Undo',
        onUndo: () => {
          submit(
            { intent: 'restore', id },
            { method: 'post', action: '/bundle-ideas?index', encType: 'application/json' },
          );
        },
      });
      onDismissed?.();
    } else if (answer.intent === 'restore') toast('Idea is back');
    else if (answer.intent === 'assume') toast('Assumptions saved');
  }, [answer, onDismissed, settled, submit]);
  return {
    busy: !settled,
    problem: answer && !answer.ok ? (answer.message ?? null) : null,
    search: () => {
      send({ intent: 'search' });
    },
    dismiss: (id) => {
      send({ intent: 'dismiss', id });
    },
    restore: (id) => {
      send({ intent: 'restore', id });
    },
    assume: (assumptions) => {
      send({ intent: 'assume', assumptions });
    },
  };
}
