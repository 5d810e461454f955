import { z } from 'zod';
import { PlatformRefusal } from '#app/platforms/platform.ts';
import { parseLossless } from '#app/shared/lossless-json.ts';
import { toPlainText } from '../records/plain-text.ts';
import type { GuardedAnswer } from './guarded-request.ts';

const errorBody = z.object({ code: z.string(), message: z.string().catch('') });

/** What an answer of a store means for who asked. */
export type Verdict =
  | { readonly kind: 'answer'; readonly json: unknown }
  /**
   * it may be better in a moment; `waitMs` where the store says when, `advice` where it may not. `busy`: it was not
   * begun; `overrun`: it may have been too much at once, for the time that somebody on the way gives it
   */
  | {
      readonly kind: 'transient';
      readonly reason: string;
      readonly waitMs: number | null;
      readonly cause: 'busy' | 'overrun' | null;
      readonly advice?: string;
    }
  /** the keys are not accepted */
  | { readonly kind: 'unauthorized'; readonly code: string }
  /** our clock and the store's differ by more than OAuth allows */
  | { readonly kind: 'clock' }
  /** there is no REST API under this address; `page`: a page is in its place */
  | { readonly kind: 'no-api'; readonly page: boolean }
  | { readonly kind: 'refusal'; readonly refusal: PlatformRefusal };

const advice = {
  blocked:
    'Something in front of the store keeps Trellis out of its REST API. Ask your host, or look into your security plugin: it must let requests to /wp-json/wc/v3/ through.',
  page: 'The store answers with a page instead of its data (status 503). Either it is in maintenance: try again when that is over. Or a firewall or security plugin, such as Wordfence, keeps Trellis out: it must let requests to /wp-json/wc/v3/ through.',
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

/** Too many requests, or none for now: maintenance, a firewall, a host that has no worker free. */
const busy: ReadonlySet<number> = new Set([429, 503]);
/** PHP that ran out of its time or memory, and what stands before it and would not wait longer; 52x are Cloudflare's. */
const overrun: ReadonlySet<number> = new Set([500, 502, 504, 520, 522, 524]);

/**
 * Where every address reaches WordPress and permalinks are plain, it sends on an address below `/wp-json/` to the same with
 * a slash behind it, as any address of a page.
 */
function isSlashAdded(answer: GuardedAnswer, asked: URL): boolean {
  const location = answer.header('location') ?? '';
  if (!URL.canParse(location, asked)) return false;
  const { origin, pathname } = new URL(location, asked);
  return origin === asked.origin && pathname === `${asked.pathname}/`;
}

/** Reads an answer of WordPress, of WooCommerce, or of what stands before them, to what was asked of this address. */
export function judgeAnswer(answer: GuardedAnswer, asked: URL): Verdict {
  const { status } = answer;
  if (answer.header('cf-mitigated') !== null) return refuse('STORE_BLOCKED', advice.blocked);
  const json = readJson(answer.text);
  if (status === 429 || status >= 500) {
    const reason = `HTTP ${String(status)}`;
    // WordPress in maintenance, and firewalls that block for a while or for good, look alike: only time tells.
    const page = status === 503 && json === undefined && answer.text.trim() !== '' ? { advice: advice.page } : {};
    const cause = busy.has(status) ? 'busy' : overrun.has(status) ? 'overrun' : null;
    return { kind: 'transient', reason, waitMs: waitOf(answer), cause, ...page };
  }
  if (status >= 300 && status < 400)
    return isSlashAdded(answer, asked) ? { kind: 'no-api', page: true } : refuse('STORE_MOVED', advice.moved);
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

const wholePage = /^\s*<(!doctype html|html)\b/i;
const endOfPage = '</html>';

/**
 * True for a page that was asked for in vain. Where every address reaches WordPress it answers `/wp-json/` with the
 * home page as long as permalinks are plain; logins look the same. A warning of PHP or a page before the data is none:
 * what was asked for may be done.
 */
export function isWholePage({ status, text }: Pick<GuardedAnswer, 'status' | 'text'>): boolean {
  const end = text.toLowerCase().lastIndexOf(endOfPage);
  const rest = text.slice(end + endOfPage.length).trim();
  return status === 200 && wholePage.test(text) && end >= 0 && (rest === '' || rest.startsWith('<!--'));
}

/** A page where JSON should be: a login, a firewall, a theme's "not found", the home page. */
function judgePage(answer: GuardedAnswer): Verdict {
  const { status, header, text } = answer;
  // Promised and cut off: the next try may get all of it.
  if ((header('content-type') ?? '').includes('json') && status < 400)
    return {
      kind: 'transient',
      reason: text === '' ? 'an empty answer' : 'an answer that is no JSON',
      waitMs: null,
      cause: null,
    };
  const page = isWholePage(answer);
  return status === 404 || page ? { kind: 'no-api', page } : refuse('STORE_BLOCKED', advice.blocked);
}

/** The refusal for an address that has no REST API either way; `page`: one of them answered with a page. */
export const noApi = (page: boolean): PlatformRefusal =>
  page ? new PlatformRefusal('STORE_BLOCKED', advice.blocked) : new PlatformRefusal('NO_WOOCOMMERCE', advice.noApi);

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
