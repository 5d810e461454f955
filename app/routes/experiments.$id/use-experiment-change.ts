import { useFetcher, useNavigate } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { ExperimentIntent } from '#app/flows/change-experiment.ts';
import { toast } from '../../ui/app-bridge.ts';
import type { ChangeAnswer } from './route.tsx';

const said: Readonly<Record<ExperimentIntent, string>> = {
  start: 'Experiment started',
  stop: 'Experiment stopped',
  apply: 'Version applied',
  withdraw: 'The store shows again what stood before',
  delete: 'Experiment deleted',
};

export interface ExperimentChange {
  readonly busy: boolean;
  readonly problem: string | null;
  /** what waits for the merchant's yes */
  readonly asking: { readonly intent: ExperimentIntent; readonly arm: string } | null;
  readonly ask: (intent: ExperimentIntent, arm?: string) => void;
  readonly confirm: () => void;
  readonly cancel: () => void;
}

/** Asks before anything is done to an experiment, does it, and says what happened. */
export function useExperimentChange(id: string): ExperimentChange {
  const fetcher = useFetcher<ChangeAnswer>();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<ExperimentChange['asking']>(null);
  const sent = useRef<ExperimentIntent | null>(null);
  const handled = useRef<ChangeAnswer | undefined>(undefined);
  const answer = fetcher.data;
  const settled = fetcher.state === 'idle';
  useEffect(() => {
    if (!answer || !settled || handled.current === answer || sent.current === null) return;
    handled.current = answer;
    if (!answer.ok) return;
    toast(said[sent.current]);
    if (sent.current === 'delete') navigate('/experiments');
  }, [answer, navigate, settled]);
  return {
    busy: fetcher.state !== 'idle',
    problem: answer && !answer.ok ? answer.message : null,
    asking,
    ask: (intent, arm = '') => {
      setAsking({ intent, arm });
    },
    confirm: () => {
      if (!asking) return;
      sent.current = asking.intent;
      fetcher.submit(
        { intent: asking.intent, arm: asking.arm },
        { method: 'post', action: `/experiments/${id}`, encType: 'application/json' },
      );
      setAsking(null);
    },
    cancel: () => {
      setAsking(null);
    },
  };
}
