import type { BundleFailure } from './model.ts';

export const notFound: BundleFailure = {
  ok: false,
  code: 'not-found',
  message: 'This bundle does not exist any more. Go back to the list of bundles.',
};

export const conflict: BundleFailure = {
  ok: false,
  code: 'conflict',
  message: 'Somebody else changed this bundle in the meantime. Reload it and make your change again.',
};

/** The form was refused; each message belongs to the field that its key names. */
export function invalid(fields: Readonly<Record<string, string>>): BundleFailure {
  return { ok: false, code: 'invalid', message: 'Some fields need your attention.', fields };
}
