const loopback = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\]|0\.0\.0\.0)$/;
const hidden = /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

export const isLoopback = (url: string): boolean => URL.canParse(url) && loopback.test(new URL(url).hostname);

/**
 * Whether WordPress calls an address (`wp_safe_remote_request`): neither the machine itself nor its network, and
 * ports 80, 443 and 8080 alone. `allowLoopback` lets the machine itself through on every port, as a developer's
 * filter on a local site does.
 */
export function mayBeReached(url: string, allowLoopback: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, port, protocol } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  if (loopback.test(hostname)) return allowLoopback;
  return !hidden.test(hostname) && ['', '80', '443', '8080'].includes(port);
}
