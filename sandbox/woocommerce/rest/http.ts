import type { WooFaults } from '../faults.ts';
import type { WooKey } from '../access.ts';
import { isOpen } from '../plugin/rest.ts';
import { readPlugin } from '../plugin/state.ts';
import type { WooStore } from '../store.ts';
import { invalidParams, RestError, type RestAnswer } from './answer.ts';
import { anonymousRefusal, assertPermission, authenticate } from './authenticate.ts';
import type { Nonces } from './oauth.ts';
import type { RestContext } from './request.ts';
import { callRest, isPublic } from './router.ts';

export interface RestHttp {
  readonly context: RestContext;
  readonly faults: WooFaults;
  readonly nonces: Nonces;
  readonly trustForwardedProto: boolean;
}

/** Answers a request to the REST API over HTTP; `path` is the part below its root. */
export async function answerRest(http: RestHttp, request: Request, path: string): Promise<Response> {
  const { context, faults } = http;
  const { store } = context;
  const url = new URL(request.url);
  if (faults.slowMs > 0) await new Promise((done) => setTimeout(done, faults.slowMs).unref());
  if (faults.unavailable > 0) {
    faults.unavailable -= 1;
    return page('<html><body><h1>503 Service Unavailable</h1></body></html>', 503);
  }
  if (faults.blockRest) return page(blockedPage, 403);
  const method = (request.headers.get('x-http-method-override') ?? request.method).toUpperCase();
  try {
    const { body, form } = await readBody(request);
    const key = authenticate(store, context.siteUrl(), http.nonces, {
      method: request.method,
      uri: `${url.pathname}${url.search}`,
      query: url.searchParams,
      form,
      authorization: faults.stripAuthorization ? null : request.headers.get('authorization'),
      isSsl:
        url.protocol === 'https:' || (http.trustForwardedProto && request.headers.get('x-forwarded-proto') === 'https'),
    });
    if (key !== null) {
      assertPermission(key, method);
      noteAccess(store, key);
    } else if (!isPublic(path.replace(/\/+$/, '')) && path.startsWith('/wc/')) throw anonymousRefusal(method, path);
    else if (path.startsWith('/wc-trellis/') && readPlugin(store) !== null && !isOpen(method, path))
      throw new RestError('rest_forbidden', 'Sorry, you are not allowed to do that.', 401);
    const call = { method, path, query: url.searchParams, body };
    const answer = await callRest(context, key === null ? call : { ...call, keyId: key.id });
    return send(http, answer, method);
  } catch (error) {
    if (error instanceof RestError)
      return send(http, { status: error.data.status, body: error.body, headers: error.headers }, method);
    throw error;
  }
}

const minute = 60_000;
/** When a key was last used, to the minute: the sandbox's journal need not hold each request. */
function noteAccess(store: WooStore, key: WooKey): void {
  const at = store.stamp();
  if (key.lastAccess === null || Date.parse(at) - Date.parse(key.lastAccess) > minute)
    store.put('keys', { ...key, lastAccess: at });
}

const page = (html: string, status: number): Response =>
  new Response(html, { status, headers: { 'content-type': 'text/html; charset=UTF-8' } });

function send(http: RestHttp, answer: RestAnswer, method: string): Response {
  const headers = new Headers({
    'content-type': 'application/json; charset=UTF-8',
    // The web server stands on the machine whose clock PHP looks at.
    date: http.context.store.now().toUTCString(),
    'x-robots-tag': 'noindex',
    'x-content-type-options': 'nosniff',
    'access-control-expose-headers': 'X-WP-Total, X-WP-TotalPages, Link',
    link: `<${http.context.restUrl('/')}>; rel="https://api.w.org/"`,
    ...answer.headers,
  });
  return new Response(method === 'HEAD' ? null : JSON.stringify(answer.body), { status: answer.status, headers });
}

/** Fields of a JSON or form body; nothing where there is none. */
async function readBody(request: Request): Promise<{ body: Record<string, unknown>; form: URLSearchParams | null }> {
  if (request.method === 'GET' || request.method === 'HEAD') return { body: {}, form: null };
  const text = await request.text();
  const type = request.headers.get('content-type') ?? '';
  if (text === '') return { body: {}, form: null };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(text);
    return { body: Object.fromEntries(form), form };
  }
  if (!type.startsWith('application/json')) return { body: {}, form: null };
  const parsed = parseJson(text);
  if (parsed === undefined)
    throw new RestError('rest_invalid_json', 'Invalid JSON body passed.', 400, {
      json_error_code: 4,
      json_error_message: 'Syntax error',
    });
  if (typeof parsed !== 'object' || parsed === null) throw invalidParams({ body: 'body is not of type object.' });
  return { body: parsed as Record<string, unknown>, form: null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const blockedPage = `<!DOCTYPE html>
<html lang="en"><head><title>Access denied</title></head>
<body><h1>403 Forbidden</h1><p>A security plugin of this site does not allow access to the REST API.</p></body></html>`;
