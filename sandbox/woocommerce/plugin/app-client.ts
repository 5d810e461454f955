import { createHash, createHmac } from 'node:crypto';
import type { WooStore } from '../store.ts';
import { readPlugin } from './state.ts';

const timeoutMs = 5_000;

export interface AppAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks the app as the plugin does: signed, and once more by the app's clock where ours is off. Null where the plugin
 * is not connected or nobody answers.
 * @param target path with query
 */
export async function askApp(
  store: WooStore,
  method: 'GET' | 'POST',
  target: string,
  body: unknown = null,
): Promise<AppAnswer | null> {
  const connection = readPlugin(store)?.connection ?? null;
  if (connection === null) return null;
  const text = body === null ? '' : JSON.stringify(body);
  const send = async (seconds: number): Promise<AppAnswer> => {
    const time = seconds.toString();
    const digest = createHash('sha256').update(text).digest('hex');
    const signature = createHmac('sha256', connection.secret)
      .update(`${time}\n${method}\n${target}\n${digest}`)
      .digest('hex');
    const response = await fetch(`${connection.appUrl}${target}`, {
      method,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-trellis-shop': connection.shopId,
        'x-trellis-time': time,
        'x-trellis-signature': signature,
      },
      ...(text === '' ? {} : { body: text }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  };
  try {
    const first = await send(Math.floor(store.now().getTime() / 1000));
    const now = first.status === 401 ? staleClock(first.text) : null;
    return now === null ? first : await send(now);
  } catch {
    // Refused, cut off or too slow: the page goes on without it.
    return null;
  }
}

function staleClock(text: string): number | null {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown; now?: unknown } };
    return error?.code === 'stale' && typeof error.now === 'number' ? error.now : null;
  } catch {
    return null;
  }
}
