import { useFetcher, useNavigate } from '@remix-run/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toast } from '../../ui/app-bridge.ts';
import type { PlanAnswer } from '../experiments.plan.ts';
import { emptyForm, type ExperimentForm, toFormInput } from './form-state.ts';
import type { ChangeAnswer } from './route.tsx';

/** Quiet time before the plan is asked again (milliseconds). */
const planPauseMs = 300;

export interface FormEditor {
  readonly form: ExperimentForm;
  /** the shop's, ISO 4217 */
  readonly currency: string;
  readonly set: (form: ExperimentForm) => void;
  /** the message of a field, once the merchant has tried to save what is still there */
  readonly errorOf: (field: string) => string | undefined;
  readonly refusal: string | null;
  readonly plan: PlanAnswer | undefined;
  readonly planning: 'asking' | 'asked' | 'failed';
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly save: () => void;
  readonly discard: () => void;
}

/** @throws when the answer cannot be had */
async function askPlan(body: string, signal: AbortSignal): Promise<PlanAnswer> {
  const response = await fetch('/experiments/plan', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal,
  });
  if (!response.ok) throw new Error(`the plan was answered with ${String(response.status)}`);
  return (await response.json()) as PlanAnswer;
}

/**
 * The state of the form of an experiment, planned by the server while it is edited. A new one that begins with something
 * filled in can be saved as it is.
 */
export function useExperimentForm(initial: ExperimentForm, id: string | null, currency: string): FormEditor {
  const [form, setForm] = useState(initial);
  const stored = id === null ? emptyForm : initial;
  const [tried, setTried] = useState(false);
  const saver = useFetcher<ChangeAnswer>();
  const navigate = useNavigate();
  const body = useMemo(() => JSON.stringify(toFormInput(form, currency)), [form, currency]);

  const [plan, setPlan] = useState<PlanAnswer | undefined>(undefined);
  const [planning, setPlanning] = useState<'asking' | 'asked' | 'failed'>('asking');
  useEffect(() => {
    // By `fetch`, because Remix leaves a rejected promise behind where a page is left before its answer came.
    const stop = new AbortController();
    setPlanning('asking');
    const timer = setTimeout(() => {
      askPlan(body, stop.signal).then(
        (answer) => {
          setPlan(answer);
          setPlanning('asked');
        },
        () => {
          if (!stop.signal.aborted) setPlanning('failed');
        },
      );
    }, planPauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [body]);

  const answer = saver.data;
  const settled = saver.state === 'idle';
  const handled = useRef<ChangeAnswer | undefined>(undefined);
  useEffect(() => {
    if (!answer || !settled || handled.current === answer) return;
    handled.current = answer;
    if (answer.ok) {
      toast('Experiment saved');
      if (id === null) navigate(`/experiments/${answer.id}`, { replace: true });
    } else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [answer, id, navigate, settled]);

  const refused = answer && !answer.ok ? answer : null;
  const fields = plan?.fields ?? refused?.fields ?? {};
  return {
    form,
    currency,
    set: setForm,
    errorOf: (field) => (tried ? fields[field] : undefined),
    // What was refused may have been mended since.
    refusal: refused && Object.keys(fields).length > 0 ? refused.message : null,
    plan,
    planning,
    dirty: JSON.stringify(form) !== JSON.stringify(stored) && !(answer?.ok === true && id === null),
    saving: saver.state !== 'idle',
    save: () => {
      setTried(true);
      saver.submit(`{"intent":"save","form":${body}}`, { method: 'post', encType: 'application/json' });
    },
    discard: () => {
      setForm(stored);
      setTried(false);
    },
  };
}
