import type { Core } from '../core.ts';

/** A store of this platform has one currency: nothing to convert. */
export function convertBar(_panel: Element, _core: Core): void {
  // What the page says is right.
}
