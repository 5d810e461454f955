import { useNavigation } from '@remix-run/react';
import { useEffect, useState } from 'react';

/** Quiet time before a search is asked (milliseconds). */
const searchPauseMs = 300;

/**
 * The text of a search that stands in the address. Typing waits a moment before it is asked; where the address changes
 * otherwise, by a link or by going back, the text follows.
 * @param current what the address holds
 */
export function useSearchText(
  initial: string,
  current: string,
  ask: (text: string) => void,
): readonly [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(initial);
  const [seen, setSeen] = useState(current);
  const [asked, setAsked] = useState(current);
  const loading = useNavigation().state !== 'idle';
  if (current !== seen) {
    setSeen(current);
    if (current !== asked) {
      setAsked(current);
      setText(current);
    }
  }
  useEffect(() => {
    const next = text.trim();
    // What is asked already is on its way, however long that takes: asking again would give it up.
    if (next === current || (loading && next === asked)) return;
    const timer = setTimeout(() => {
      setAsked(next);
      ask(next);
    }, searchPauseMs);
    return () => {
      clearTimeout(timer);
    };
  });
  return [text, setText];
}
