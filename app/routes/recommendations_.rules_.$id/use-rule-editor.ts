import { useFetcher, useNavigate } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { toast } from '../../ui/app-bridge.ts';
import { type RuleText, type RuleUnits, toBody, toRuleInput } from './rule-form.ts';
import type { SaveRuleAnswer } from './route.tsx';

export interface RuleEditor {
  readonly form: RuleText;
  readonly change: (part: Partial<RuleText>) => void;
  readonly errorOf: (path: string) => string | undefined;
  readonly refusal: string | null;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly save: () => void;
  readonly discard: () => void;
}

/** What a field of the rule is called as it is typed, where the two differ. */
const typedAs: Readonly<Record<string, keyof RuleText>> = { strengthPercent: 'strength', savingBps: 'saving' };

/** The state of the form of a rule, which the server checks when it is saved. */
export function useRuleEditor(initial: RuleText, revision: number, units: RuleUnits): RuleEditor {
  const [form, setForm] = useState(initial);
  const saver = useFetcher<SaveRuleAnswer>();
  const navigate = useNavigate();
  /** what was sent last, field by field: a message goes away as soon as its field is touched */
  const sent = useRef<RuleText | null>(null);
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const settled = saver.state === 'idle';
  const handled = useRef<SaveRuleAnswer | undefined>(undefined);
  useEffect(() => {
    if (!answer || !settled || handled.current === answer) return;
    handled.current = answer;
    if (!answer.ok) {
      document.querySelector<HTMLElement>('[aria-invalid="true"], [data-field-error]')?.focus();
      return;
    }
    toast('Rule saved');
    navigate('/recommendations/rules');
  }, [answer, navigate, settled]);
  const refused = answer && !answer.ok ? answer : null;
  const stands = (path: string): boolean => {
    const [first = ''] = path.split('.');
    const field = (typedAs[first] ?? first) as keyof RuleText;
    return sent.current === null || sent.current[field] === form[field];
  };
  const fields = Object.entries(refused?.fields ?? {}).filter(([path]) => stands(path));
  return {
    form,
    change: (part) => {
      setForm((before) => ({ ...before, ...part }));
    },
    errorOf: (path) => fields.find(([known]) => known === path)?.[1],
    refusal: refused ? (fields.length > 0 ? 'Some fields below need your attention.' : refused.message) : null,
    dirty: JSON.stringify(form) !== JSON.stringify(initial) && !answer?.ok,
    saving: saver.state === 'submitting',
    save: () => {
      sent.current = form;
      saver.submit(toBody(revision, toRuleInput(form, units)), { method: 'post', encType: 'application/json' });
    },
    discard: () => {
      setForm(initial);
    },
  };
}
