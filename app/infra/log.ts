import { type Logger, pino } from 'pino';

/** JSON lines on stdout. Log ids and topics, never payloads, tokens or addresses. */
export function createLogger(level: string, name: string): Logger {
  return pino({
    name,
    level,
    redact: { paths: ['*.accessToken', '*.refreshToken', '*.body', '*.email'], remove: true },
  });
}
