import { useFetcher, useNavigate } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import type { BuilderPage } from '#app/flows/segments/builder.ts';
import type { CountAnswer } from '#app/flows/segments/count-segment.ts';
import type { SaveOutcome } from '#app/flows/segments/save-segment.ts';
import { toast } from '../../ui/app-bridge.ts';
import { emptyGroup, type FormGroup, toForm } from './form-rule.ts';

interface SegmentForm {
  readonly name: string;
  readonly definition: FormGroup;
}

/** Milliseconds without typing after which customers are counted. */
const pause = 400;

const initialOf = ({ name, definition }: BuilderPage): SegmentForm => ({
  name,
  definition: definition ? (toForm(definition) as FormGroup) : emptyGroup([], 'all'),
});

/** The form of a segment, what the server said of it, and how many customers it would hold now. */
export function useSegmentEditor(page: BuilderPage) {
  const [initial] = useState(() => initialOf(page));
  const [newId] = useState(() => crypto.randomUUID());
  const [form, setForm] = useState(initial);
  const saver = useFetcher<SaveOutcome>();
  const counter = useFetcher<CountAnswer>();
  const navigate = useNavigate();
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const [touched, setTouched] = useState(false);
  /** fields that keep what is typed begin anew with another version */
  const [version, setVersion] = useState(0);
  const handled = useRef<SaveOutcome | undefined>(undefined);
  const settled = saver.state === 'idle';

  useEffect(() => {
    if (!answer || !settled || handled.current === answer) return;
    handled.current = answer;
    if (answer.code !== 'saved') {
      document.querySelector<HTMLElement>('[aria-invalid="true"], [data-field-error]')?.focus();
      return;
    }
    toast('Segment saved');
    navigate('/segments');
  }, [answer, navigate, settled]);

  const asked = JSON.stringify({ definition: form.definition });
  const { submit: count } = counter;
  useEffect(() => {
    if ((JSON.parse(asked) as { definition: FormGroup }).definition.of.length === 0) return;
    const timer = setTimeout(() => {
      // Asking again gives the question before up.
      count(JSON.parse(asked) as never, { method: 'post', action: '/segments/own/count', encType: 'application/json' });
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [asked, count]);

  const isBegun = page.id === null && initial.definition.of.length > 0;
  const refused = answer && answer.code !== 'saved' && !touched ? answer : null;
  return {
    form,
    change: (part: Partial<SegmentForm>) => {
      setForm((before) => ({ ...before, ...part }));
      setTouched(true);
    },
    refusal: refused?.message ?? null,
    errorOf: (path: string): string | undefined => refused?.fields[path],
    // A copy or a template is not saved before the merchant saves it.
    dirty: (isBegun || JSON.stringify(form) !== JSON.stringify(initial)) && answer?.code !== 'saved',
    version,
    saving: saver.state === 'submitting',
    save: () => {
      setTouched(false);
      saver.submit({ revision: page.revision, newId, draft: form } as never, {
        method: 'post',
        encType: 'application/json',
      });
    },
    discard: () => {
      setForm(initial);
      setVersion((before) => before + 1);
    },
    count: form.definition.of.length === 0 ? undefined : counter.data,
    counting: counter.state !== 'idle',
  };
}
