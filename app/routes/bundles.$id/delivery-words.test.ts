import { describe, expect, it } from 'vitest';
import { deliveryState, isUnderWay } from './delivery-words.ts';

describe('how far a delivery has come', () => {
  it.each([
    ['the discount needs no words', { chosen: 'discount', problem: null, ready: false }, true, null, false],
    ['a draft', { chosen: 'merge', problem: null, ready: false }, false, 'It begins when', false],
    ['being made', { chosen: 'native', problem: null, ready: false }, true, 'being prepared', true],
    ['in place', { chosen: 'merge', problem: null, ready: true }, true, 'in place', false],
    ['refused', { chosen: 'native', problem: 'refused', ready: false }, true, 'Until then the discount applies', false],
    ['a problem goes before a draft', { chosen: 'merge', problem: 'plan', ready: true }, false, 'Until then', false],
  ] as const)('%s', (_name, standing, live, words, underWay) => {
    if (words === null) expect(deliveryState(standing, live)).toBeNull();
    else expect(deliveryState(standing, live)).toContain(words);
    expect(isUnderWay(standing, live)).toBe(underWay);
  });
});
