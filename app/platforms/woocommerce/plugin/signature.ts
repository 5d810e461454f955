import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a call of the plugin says beside its signature. */
export interface PluginCall {
  /** Unix seconds, as they were sent */
  readonly time: string;
  readonly method: string;
  /** path and query as they were sent */
  readonly target: string;
  readonly body: Buffer;
}

/** The plugin's signature of a call, hex. */
export function signPluginCall(secret: string, { time, method, target, body }: PluginCall): string {
  const digest = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', secret).update(`${time}\n${method}\n${target}\n${digest}`).digest('hex');
}

/** Whether it is the plugin's, compared in constant time. */
export function verifyPluginCall(secret: string, call: PluginCall, signature: string): boolean {
  const expected = Buffer.from(signPluginCall(secret, call));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
