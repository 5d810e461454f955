import { useFetcher, useNavigate } from '@remix-run/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toast } from '../../ui/app-bridge.ts';
import type { PlanAnswer } from '../experiments.plan.ts';
import { type ExperimentForm, toFormInput } from './form-state.ts';
import type { ChangeAnswer } from './route.tsx';

/** Quiet time before the plan is asked again (milliseconds). */
const planPauseMs = 300;

export interface FormEditor {
  readonly form: ExperimentForm;
  readonly set: (form: ExperimentForm) => void;
  /** the message of a field, once the merchant has tried to save what is still there */
  readonly errorOf: (field: string) => string | undefined;
  readonly refusal: string | null;
  readonly plan: PlanAnswer | undefined;
  readonly planning: boolean;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly save: () => void;
  readonly discard: () => void;
}

/** The state of the form of an experiment, planned by the server while it is edited. */
export function useExperimentForm(initial: ExperimentForm, id: string | null): FormEditor {
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const planner = useFetcher<PlanAnswer>();
  const saver = useFetcher<ChangeAnswer>();
  const navigate = useNavigate();
  const body = useMemo(() => JSON.stringify(toFormInput(form)), [form]);

  const submitPlan = planner.submit;
  const asked = useRef<string | null>(null);
  const answering = planner.state !== 'idle';
  useEffect(() => {
    // One question at a time: Remix leaves a rejected promise behind where a new one ends an answer half read.
    if (answering || asked.current === body) return;
    const timer = setTimeout(() => {
      asked.current = body;
      submitPlan(body, { method: 'post', action: '/experiments/plan', encType: 'application/json' });
    }, planPauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [answering, body, submitPlan]);

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

  const fields = planner.data?.fields ?? {};
  return {
    form,
    set: setForm,
    errorOf: (field) => (tried ? fields[field] : undefined),
    refusal: answer && !answer.ok ? answer.message : null,
    plan: planner.data,
    planning: answering || asked.current !== body,
    dirty: JSON.stringify(form) !== JSON.stringify(initial) && !(answer?.ok === true && id === null),
    saving: saver.state !== 'idle',
    save: () => {
      setTried(true);
      saver.submit(`{"intent":"save","form":${body}}`, { method: 'post', encType: 'application/json' });
    },
    discard: () => {
      setForm(initial);
      setTried(false);
    },
  };
}
