import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readInput } from '../lib/server-process.ts';

/** Answers the same bytes from a Map: what Node itself can do. */
const answers = new Map(
  (JSON.parse(readFileSync(readInput<{ answers: string }>().answers, 'utf8')) as [string, string][]).map(([url, body]) => [url, Buffer.from(body)]),
);
const server = createServer((request, response) => {
  const bytes = answers.get(request.url ?? '');
  response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/json', 'content-length': bytes?.length ?? 0 });
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => console.log(`listening ${String((server.address() as AddressInfo).port)}`));
process.once('SIGTERM', () => process.exit(0));
