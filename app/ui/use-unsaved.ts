import { useState } from 'react';

/** What has become of a form that was sent. */
export interface Sending {
  readonly submitting: boolean;
  readonly taken: boolean;
}

/**
 * Whether something stands in a form that is not stored. What was taken may be stored in another writing ("12.50" as
 * "12.5") and may be what was stored before, so that the page goes on with the same form: it is saved as it was sent, and
 * every change after that is a new one.
 * @param form what stands in it now, as text
 * @param stored what was stored when the page was made
 */
export function useUnsaved(form: string, stored: string, { submitting, taken }: Sending): boolean {
  const [sent, setSent] = useState<string | null>(null);
  const [before, setBefore] = useState(submitting);
  if (submitting !== before) {
    setBefore(submitting);
    if (submitting) setSent(form);
  }
  return form !== stored && !(taken && form === sent);
}
