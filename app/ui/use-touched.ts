import { useState } from 'react';

/** Quiet time after a field was left (milliseconds), so that a message does not move the button just being clicked. */
const pauseMs = 200;

export interface Touched<Field> {
  readonly has: (field: Field) => boolean;
  readonly touch: (field: Field) => void;
  readonly reset: () => void;
}

/** Which fields the merchant has been in and left: only these say what is wrong with them before a save. */
export function useTouched<Field extends string>(): Touched<Field> {
  const [touched, setTouched] = useState<ReadonlySet<Field>>(new Set());
  return {
    has: (field) => touched.has(field),
    touch: (field) => {
      setTimeout(() => {
        setTouched((before) => new Set(before).add(field));
      }, pauseMs);
    },
    reset: () => {
      setTouched(new Set());
    },
  };
}
