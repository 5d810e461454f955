import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createGunzip } from 'node:zlib';
import { mayConnect } from './public-address.ts';

export interface GuardedRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
  /** plain http, and addresses of this machine */
  readonly localStores: boolean;
}

export interface GuardedAnswer {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly text: string;
}

/** The address is none that a request of ours may go to. */
export class AddressRefused extends Error {}

/** A page of 100 products with all their texts is a few megabytes. */
const largestAnswer = 64 * 1024 * 1024;

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 8 }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 8 }),
} as const;

/** Resolves a name and gives the connection only addresses that were looked at: what is checked is what is connected to. */
const guardedLookup =
  (localStores: boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, '', 4);
        return;
      }
      const first = found[0];
      if (!first || !found.every(({ address }) => mayConnect(address, localStores)))
        callback(new AddressRefused(`${hostname} is no public address`), '', 4);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };

/**
 * One HTTP request to an address that a stranger named: no private addresses, no redirects, bounded in time and size.
 * @throws AddressRefused, or the error of the network
 */
export async function guardedRequest(request: GuardedRequest): Promise<GuardedAnswer> {
  const { url, localStores } = request;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const scheme = url.protocol;
  if (scheme !== 'https:' && !(scheme === 'http:' && localStores)) throw new AddressRefused('not https');
  if (isIP(host) !== 0 && !mayConnect(host, localStores)) throw new AddressRefused(`${host} is no public address`);
  const signal = AbortSignal.timeout(request.timeoutMs);
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options: https.RequestOptions = {
      method: request.method,
      agent: agents[scheme],
      lookup: guardedLookup(localStores),
      signal,
      headers: {
        'accept-encoding': 'gzip',
        ...request.headers,
        ...(request.body === null ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
    };
    const call = scheme === 'https:' ? https.request(url, options, resolve) : http.request(url, options, resolve);
    call.on('error', reject);
    call.end(request.body ?? undefined);
  });
  return {
    status: answer.statusCode ?? 0,
    header: (name) => {
      const value = answer.headers[name];
      return (Array.isArray(value) ? value[0] : value) ?? null;
    },
    text: await readText(answer),
  };
}

/** Bytes that are no UTF-8 become the sign for that. */
async function readText(answer: http.IncomingMessage): Promise<string> {
  const zipped = answer.headers['content-encoding'] === 'gzip';
  const source = zipped ? answer.pipe(createGunzip()) : answer;
  // An answer that is cut off must not leave the unpacking waiting.
  if (zipped) answer.on('error', (error) => source.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > largestAnswer) {
      answer.destroy();
      throw new Error('the answer is too large');
    }
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
