import { useFetcher, useNavigate } from '@remix-run/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BundleFailure } from '#app/domains/bundles/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { useTouched } from '../../ui/use-touched.ts';
import type { PreviewAnswer } from '../bundles.preview.ts';
import { type EditorForm, type ShopUnits, stillApplies, toFormInput } from './form-state.ts';

export type SaveAnswer = { readonly ok: true; readonly id: string } | BundleFailure;

/** Quiet time before the preview asks again (milliseconds). */
const previewPauseMs = 250;

export interface Editor {
  readonly form: EditorForm;
  readonly change: (part: Partial<EditorForm>) => void;
  readonly touch: (field: string) => void;
  /** the message of a field, once the merchant has been there or tried to save */
  readonly errorOf: (field: string) => string | undefined;
  readonly hasErrors: boolean;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly conflict: boolean;
  readonly preview: PreviewAnswer | undefined;
  readonly save: () => void;
  readonly discard: () => void;
}

/** The state of the bundle editor: one form, checked and previewed by the server while it is edited. */
export function useEditor(initial: EditorForm, revision: number, shop: ShopUnits): Editor {
  const [form, setForm] = useState(initial);
  const touched = useTouched<string>();
  /** what was sent at the last attempt to save; null before the first */
  const [sent, setSent] = useState<string | null>(null);
  const tried = sent !== null;
  const preview = useFetcher<PreviewAnswer>();
  const saver = useFetcher<SaveAnswer>();
  const navigate = useNavigate();
  const body = useMemo(() => JSON.stringify(toFormInput(form, shop)), [form, shop]);
  const dirty = form !== initial && JSON.stringify(form) !== JSON.stringify(initial);

  const submitPreview = preview.submit;
  const previewed = preview.data;
  const asked = useRef(initial);
  const [answered, setAnswered] = useState<{ fields: Readonly<Record<string, string>>; form: EditorForm } | null>(null);
  const answering = preview.state !== 'idle';
  /** what is to be saved once no preview is under way */
  const [wanted, setWanted] = useState<string | null>(null);
  const settled = saver.state === 'idle' && wanted === null;
  const askedBody = useRef<string | null>(null);
  useEffect(() => {
    // One question at a time: Remix leaves a rejected promise behind where a new one ends an answer half read, and the
    // end of a preview takes back the loading of what was just saved.
    if (answering || !settled || askedBody.current === body) return;
    const timer = setTimeout(() => {
      askedBody.current = body;
      asked.current = form;
      submitPreview(body, { method: 'post', action: '/bundles/preview', encType: 'application/json' });
    }, previewPauseMs);
    return () => {
      clearTimeout(timer);
    };
    // The form is what the body was made of.
  }, [answering, body, form, settled, submitPreview]);
  const submitForm = saver.submit;
  useEffect(() => {
    if (wanted === null || answering) return;
    setWanted(null);
    submitForm(wanted, { method: 'post', encType: 'application/json' });
  }, [answering, submitForm, wanted]);
  useEffect(() => {
    if (previewed) setAnswered({ fields: previewed.fields, form: asked.current });
  }, [previewed]);

  // The answer counts as soon as it is there: while the page reloads its data the editor may be replaced.
  const answer = saver.state === 'submitting' || wanted !== null ? undefined : saver.data;
  const handled = useRef<SaveAnswer | undefined>(undefined);
  useEffect(() => {
    // A new bundle's page is gone to when nothing is under way any more, else that would end the way there.
    if (!answer || handled.current === answer || (revision === 0 && !settled)) return;
    handled.current = answer;
    if (answer.ok) {
      toast('Bundle saved');
      if (revision === 0) navigate(`/bundles/${answer.id}`, { replace: true });
      return;
    }
    document.querySelector<HTMLElement>('[aria-invalid="true"], [data-field-error]')?.focus();
  }, [answer, navigate, revision, settled]);

  const refused = answer && !answer.ok && answer.code === 'invalid' && sent === body ? answer.fields : {};
  const current = Object.entries(answered?.fields ?? {}).filter(
    ([field]) => answered && stillApplies(field, answered.form, form),
  );
  const fields: Readonly<Record<string, string>> = { ...refused, ...Object.fromEntries(current) };
  return {
    form,
    change: (part) => {
      setForm((before) => ({ ...before, ...part }));
    },
    touch: touched.touch,
    errorOf: (field) => (tried || touched.has(field) ? fields[field] : undefined),
    hasErrors: tried && Object.keys(fields).length > 0,
    // Saved and about to leave for the new address: nothing is unsaved any more.
    dirty: dirty && !answer?.ok,
    saving: saver.state === 'submitting' || wanted !== null,
    conflict: answer?.ok === false && answer.code === 'conflict',
    preview: previewed,
    save: () => {
      setSent(body);
      setWanted(`{"revision":${String(revision)},"form":${body}}`);
    },
    discard: () => {
      setForm(initial);
      setSent(null);
      touched.reset();
    },
  };
}
