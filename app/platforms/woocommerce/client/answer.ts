import { z } from 'zod';
import { PlatformRefusal } from '#app/platforms/platform.ts';
import { parseLossless } from '#app/shared/lossless-json.ts';
import { toPlainText } from '../records/plain-text.ts';
import type { GuardedAnswer } from './guarded-request.ts';

const errorBody = z.object({ code: z.string(), message: z.string().catch('') });

/** What an answer of a store means for who asked. */
export type Verdict =
  | { readonly kind: 'answer'; readonly json: unknown }
  /** it may be better in a moment; `waitMs` where the store says when */
  | { readonly kind: 'transient'; readonly reason: string; readonly waitMs: number | null }
  /** the keys are not accepted */
  | { readonly kind: 'unauthorized'; readonly code: string }
  /** our clock and the store's differ by more than OAuth allows */
  | { readonly kind: 'clock' }
  /** there is no REST API under this address */
  | { readonly kind: 'no-api' }
  | { readonly kind: 'refusal'; readonly refusal: PlatformRefusal };

const advice = {
  blocked:
    'Something in front of the store keeps Trellis out of its REST API. Ask your host, or look into your security plugin: it must let requests to /wp-json/wc/v3/ through.',
  loginOnly:
    'A plugin of the store closes its REST API to everybody who is not logged in. Allow the REST API for requests with WooCommerce keys in that plugin.',
  moved: 'The store has moved to another address. Connect it again under the new one.',
  noApi: 'There is no WooCommerce under this address. Check that WooCommerce is active.',
} as const;

/** Refusals that a merchant can mend, by what the store answered. */
const refuse = (code: string, message: string): Verdict => ({
  kind: 'refusal',
  refusal: new PlatformRefusal(code, message),
});

/** Reads an answer of WordPress, of WooCommerce, or of what stands before them. */
export function judgeAnswer(answer: GuardedAnswer): Verdict {
  const { status } = answer;
  if (answer.header('cf-mitigated') !== null) return refuse('STORE_BLOCKED', advice.blocked);
  if (status === 429 || status >= 500)
    return { kind: 'transient', reason: `HTTP ${String(status)}`, waitMs: waitOf(answer) };
  if (status >= 300 && status < 400) return refuse('STORE_MOVED', advice.moved);
  const json = readJson(answer.text);
  if (json === undefined) return judgePage(answer);
  if (status < 400) return { kind: 'answer', json };
  const error = errorBody.safeParse(json);
  if (!error.success) return refuse(`HTTP_${String(status)}`, 'The store refused the request.');
  const { code } = error.data;
  const message = toPlainText(error.data.message).slice(0, 300);
  if (code === 'woocommerce_rest_authentication_error' && /timestamp/i.test(message)) return { kind: 'clock' };
  if ((status === 401 || status === 403) && code.startsWith('woocommerce_rest_')) return { kind: 'unauthorized', code };
  if (status === 401 || status === 403) return refuse('STORE_BLOCKED', advice.loginOnly);
  if (code === 'rest_no_route') return refuse('NO_WOOCOMMERCE', advice.noApi);
  return refuse(code, message === '' ? 'The store refused the request.' : message);
}

/** A page where JSON should be: a login, a firewall, a theme's "not found". */
function judgePage({ status, header, text }: GuardedAnswer): Verdict {
  // Promised and cut off: the next try may get all of it.
  if ((header('content-type') ?? '').includes('json') && status < 400)
    return { kind: 'transient', reason: text === '' ? 'an empty answer' : 'an answer that is no JSON', waitMs: null };
  return status === 404 ? { kind: 'no-api' } : refuse('STORE_BLOCKED', advice.blocked);
}

/** The refusal for an address that has no REST API either way. */
export const noApi = (): PlatformRefusal => new PlatformRefusal('NO_WOOCOMMERCE', advice.noApi);

function readJson(text: string): unknown {
  try {
    return parseLossless(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function waitOf({ header }: GuardedAnswer): number | null {
  const text = header('retry-after');
  const seconds = text === null ? Number.NaN : Number(text);
  return seconds >= 0 ? seconds * 1000 : null;
}
