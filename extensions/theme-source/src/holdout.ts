/**
 * Runs inline, before the block that follows it is laid out: a held-out visitor's blocks never take space.
 * The two marks are replaced by Liquid with what the app published. A visitor without an id (no consent, first
 * page) sees the blocks and belongs to neither group of the measurement.
 */
import { isHeldOut } from '#app/shared/assignment.ts';
import { readVisitor } from './visitor.ts';

const visitor = readVisitor();
if (visitor && isHeldOut(visitor, '__TRELLIS_SALT__', Number('__TRELLIS_BPS__'))) {
  document.documentElement.dataset['trellisHeld'] = '';
}
