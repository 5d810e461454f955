import type { AskingSurface, SourceId } from '../model.ts';
import type { Asked, Parts } from '../engine/parts.ts';

/**
 * One voice of the blend. It writes a value of at least 0 for every item; the blend hears
 * log(1 + value / floor), so that `floor` is where the source starts to be sure of something.
 */
export interface Source {
  readonly id: SourceId;
  readonly floor: number;
  /** depends on what is in the basket; the others need asking only once for a customer and a moment */
  readonly hearsBasket: boolean;
  /** speaks of the customer's own past: silent where nobody knows who asks */
  readonly knowsCustomer?: true;
  /** where it is heard at all; everywhere where it is left out */
  readonly heardOn?: readonly AskingSurface[];
  /** what its voice counts before the shop's own past has taught anything */
  readonly prior: Readonly<Partial<Record<AskingSurface, number>>>;
  /** `out` is zeroed */
  write(parts: Parts, asked: Asked, out: Float32Array): void;
}
