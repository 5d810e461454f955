import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

/** Asks for the page's data again every `everyMs` while `active` and while somebody looks at the page. */
export function usePolling(active: boolean, everyMs = 2_000): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!active || state !== 'idle') return;
    const timer = setTimeout(() => {
      if (!document.hidden) revalidate();
    }, everyMs);
    // A page that was hidden when its turn came asks as soon as it is seen again.
    const seen = (): void => {
      if (!document.hidden) revalidate();
    };
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [active, state, everyMs, revalidate]);
}
