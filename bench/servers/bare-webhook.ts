import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { readInput, serve } from '../lib/server-process.ts';

/** Verifies a webhook and does one INSERT: the least that an honest intake can do. */
const {
  url,
  secret,
  pool: size,
  headers,
} = readInput<{
  url: string;
  secret: string;
  pool: number;
  headers: { signature: string; id: string; topic: string };
}>();
const pool = new pg.Pool({ connectionString: url, max: size });
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const given = Buffer.from(String(request.headers[headers.signature]), 'base64');
    const expected = createHmac('sha256', secret).update(body).digest();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    pool
      .query('INSERT INTO bare_webhook (delivery_id, topic, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        request.headers[headers.id],
        request.headers[headers.topic],
        body.toString('utf8'),
      ])
      .then(
        () => response.writeHead(200, { 'content-length': 0 }).end(),
        () => response.writeHead(503, { 'content-length': 0 }).end(),
      );
  });
});
serve(server);
