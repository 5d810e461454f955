import { describe, expect, it } from 'vitest';
import { createShelf } from './shelf.ts';

const bytes = (text: string) => Buffer.from(text);

describe('a shelf', () => {
  it('gives back what was put on it, by group and key', () => {
    const shelf = createShelf(100_000);
    shelf.set('a', '1', bytes('one'));
    shelf.set('b', '1', bytes('uno'));
    shelf.set('a', '2', bytes(''));
    shelf.set('a', '1', bytes('another one'));
    expect(shelf.get('a', '1')?.toString()).toBe('another one');
    expect(shelf.get('b', '1')?.toString()).toBe('uno');
    expect(shelf.get('a', '2')?.length).toBe(0);
    expect(shelf.get('b', '2')).toBeUndefined();
    shelf.delete('a', '1');
    expect(shelf.get('a', '1')).toBeUndefined();
    shelf.deleteGroup('b');
    expect(shelf.get('b', '1')).toBeUndefined();
  });

  it('never holds more than it may, and forgets first what nobody asked for', () => {
    const most = 40_000;
    const shelf = createShelf(most);
    shelf.set('shop', 'asked for', bytes('kept'));
    for (let key = 0; key < 1_000; key += 1) {
      shelf.set(`shop ${String(key % 7)}`, String(key), new Uint8Array(key));
      expect(shelf.bytes()).toBeLessThanOrEqual(most);
      expect(shelf.get('shop', 'asked for')?.toString()).toBe('kept');
    }
    expect(shelf.get('shop 0', '0')).toBeUndefined();
    expect(shelf.get('shop 5', '999')?.length).toBe(999);
  });

  it('gives what it holds after any number of its generations, and of what went nothing', () => {
    const shelf = createShelf(40_000);
    const held = new Map<string, string>();
    for (let key = 0; key < 5_000; key += 1) {
      shelf.set('shop', String(key % 900), bytes(`${String(key)} ${'x'.repeat(100)}`));
      held.set(String(key % 900), String(key));
      const old = String((key * 7) % 900);
      const found = shelf.get('shop', old)?.toString().split(' ')[0];
      expect([undefined, held.get(old)]).toContain(found);
    }
    expect(shelf.get('shop', String(4_999 % 900))?.toString()).toMatch(/^4999 /);
  });

  it('counts what is there, not what was deleted, replaced or moved: who fills it knows when there is room', () => {
    const shelf = createShelf(80_000);
    const fill = (group: string) => {
      for (let key = 0; key < 100; key += 1) shelf.set(group, String(key), new Uint8Array(200));
    };
    fill('version 1');
    const one = shelf.bytes();
    fill('version 1');
    expect(shelf.bytes()).toBe(one);
    for (let version = 2; version < 30; version += 1) {
      shelf.deleteGroup(`version ${String(version - 1)}`);
      expect(shelf.bytes()).toBe(0);
      fill(`version ${String(version)}`);
      for (let key = 0; key < 100; key += 1) shelf.get(`version ${String(version)}`, String(key));
      expect(shelf.bytes()).toBe(one);
    }
    shelf.delete('version 29', '5');
    shelf.delete('version 29', '5');
    expect(shelf.bytes()).toBe((one / 100) * 99);
  });

  it('leaves out what is too large for it', () => {
    const shelf = createShelf(1_000);
    shelf.set('a', '1', new Uint8Array(600));
    expect(shelf.get('a', '1')).toBeUndefined();
    expect(shelf.bytes()).toBe(0);
  });

  it('lays bytes so that doubles can be read in place', () => {
    const shelf = createShelf(100_000);
    for (const length of [1, 2, 3, 4, 5]) shelf.set('a', String(length), new Uint8Array(length));
    for (const length of [1, 2, 3, 4, 5]) expect((shelf.get('a', String(length))?.byteOffset ?? 1) % 8).toBe(0);
  });
});
