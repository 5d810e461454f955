/**
 * Runs inline, before the block that follows it is laid out: a held-out visitor's blocks never take space.
 * The marks are replaced by Liquid with what the app published. A visitor without an id (no consent, first
 * page) sees the blocks and belongs to no group of any measurement.
 */
import { isHeldOut } from '#app/shared/assignment.ts';
import type { StorefrontPublication } from '#app/platforms/platform.ts';
import { showArms } from './arms.ts';
import { readVisitor } from './visitor.ts';

// Texts until Liquid has replaced them.
declare const __TRELLIS_TESTS__: StorefrontPublication['tests'] | null;
declare const __TRELLIS_CHANGES__: StorefrontPublication['changes'] | null;

const isHeld = (id: string): boolean => isHeldOut(id, '__TRELLIS_SALT__', Number('__TRELLIS_BPS__'));
const visitor = readVisitor();
if (visitor && isHeld(visitor)) {
  document.documentElement.dataset['trellisHeld'] = '';
} else {
  showArms(visitor, __TRELLIS_TESTS__, __TRELLIS_CHANGES__, () => {
    const later = readVisitor();
    return later && isHeld(later) ? null : later;
  });
}
