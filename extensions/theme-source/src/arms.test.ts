import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { assignmentsOf } from '#app/domains/experiments/index.ts';
import { buildHoldoutSnippet } from '#scripts/build-extensions.ts';
import type { StorefrontPublication } from '#app/platforms/platform.ts';

type Published = Pick<StorefrontPublication, 'holdoutBps' | 'salt' | 'tests' | 'changes'>;

const test = (id: string, subject: string, change: object, part: object = {}) => ({
  id,
  subject,
  layer: `shop/${id}`,
  from: 0,
  to: 10_000,
  salt: `salt of ${id}`,
  arms: [
    { key: 'a', share: 5_000, change: {} },
    { key: 'b', share: 5_000, change },
  ],
  ...part,
});

const published: Published = {
  holdoutBps: 1_000,
  salt: 'pepper',
  tests: [
    test('t1', 'widget:together', { title: 'Goes </script> well' }),
    test('t2', 'bundle:b1', { hide: true }, { layer: 'shop#g', to: 4_000 }),
    test('t3', 'bundle:b2', { title: 'Set' }, { layer: 'shop#g', from: 4_000 }),
  ],
  changes: [{ subject: 'widget:cart', change: { hide: true } }],
};
const ids = Array.from({ length: 200 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);

let script = '';
beforeAll(async () => {
  const snippet = await buildHoldoutSnippet(join(import.meta.dirname, '../..'));
  script = /<script>([\s\S]*)<\/script>/.exec(snippet)?.[1] ?? '';
});

/** Runs the inline script as a page would and returns what it did to it. */
function page(visitor: string | null, told: Published = published): { arms: string; held: boolean; css: string } {
  const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
  const filled = script
    .replace('{{ storefront.salt | json }}', () => json(told.salt))
    .replace('{{ storefront.holdoutBps | default: 0 }}', () => String(told.holdoutBps))
    .replace('{{ storefront.tests | json }}', () => json(told.tests))
    .replace('{{ storefront.changes | json }}', () => json(told.changes));
  const dataset: Record<string, string> = {};
  const styles: { textContent: string }[] = [];
  const document = {
    documentElement: { dataset },
    head: { append: (style: { textContent: string }) => styles.push(style) },
    createElement: () => ({ textContent: '' }),
    addEventListener: () => undefined,
    readyState: 'loading',
  };
  class MutationObserver {
    observe(): void {
      // Nothing is parsed in this page.
    }
  }
  const context = { document, MutationObserver, localStorage: { getItem: () => visitor } };
  // Each block brings the script along: the second time changes nothing.
  runInNewContext(filled, context);
  runInNewContext(filled, context);
  return {
    arms: dataset['trellisArms'] ?? '',
    held: dataset['trellisHeld'] !== undefined,
    css: styles.map((style) => style.textContent).join(''),
  };
}

describe('arms in the page', () => {
  it('are those of the server, for everybody', () => {
    for (const id of ids) {
      const expected = assignmentsOf(published, id).map(({ testId, arm }) => `${testId}:${arm}`);
      expect(page(id).arms).toBe(expected.join(' '));
    }
  });

  it('hide what is hidden, with the heading that would stand above nothing', () => {
    const hidden = ids.find((id) => page(id).arms.includes('t2:b')) ?? '';
    expect(page(hidden).css).toBe(
      '[data-trellis="cart"]{display:none!important}[data-bundle="b1"]{display:none!important}' +
        '[data-trellis=bundle]:not(:has([data-bundle]:not([data-bundle="b1"]))){display:none!important}',
    );
  });

  it('are none without an id; what was decided for everybody is shown all the same', () => {
    expect(page(null)).toEqual({ arms: '', held: false, css: '[data-trellis="cart"]{display:none!important}' });
  });

  it('of the whole app hide everything, as the holdout does', () => {
    const all = test('t9', 'app', { hide: true }, { arms: [{ key: 'b', share: 10_000, change: { hide: true } }] });
    expect(page(ids[0] ?? '', { ...published, holdoutBps: 0, tests: [all] }).held).toBe(true);
  });
});
