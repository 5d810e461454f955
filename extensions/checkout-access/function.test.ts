import { beforeAll, expect, it } from 'vitest';
import { functionLimits, runChecked } from '#extensions/bundle-discount/bare-engine.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';
import { checkoutAccessFunction, validationExport } from './build.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = new WebAssembly.Module(withCounter(await checkoutAccessFunction()));
});

interface Output {
  readonly operations: readonly { validationAdd: { errors: { message: string; target: string }[] } }[];
}

/** @param held keys of the customer; null = a guest @param asked of each product in the cart; null = everybody's */
function run(held: string | null, asked: readonly (string | null)[], language = 'EN') {
  const metafield = (value: string | null) => (value === null ? null : { value });
  const input = {
    cart: {
      buyerIdentity: held === null ? null : { customer: { keys: metafield(held === '' ? null : held) } },
      lines: asked.map((keys, at) => ({
        item: { product: { title: `Product ${String(at + 1)}`, keys: metafield(keys) } },
      })),
    },
    localization: { language: { isoCode: language } },
  };
  const { result, exports } = runChecked<Output>(module, validationExport, input);
  return { errors: result.operations[0]?.validationAdd.errors ?? [], instructions: executedIn(exports) };
}

it.each([
  ['nobody needs a key for what is everybody’s', null, [null, null], 0],
  ['a guest may not', null, ['aaaaaaaaaa'], 1],
  ['a customer without keys may not', '', ['aaaaaaaaaa'], 1],
  ['whoever holds another key may not', 'bbbbbbbbbb', ['aaaaaaaaaa'], 1],
  ['a key that only begins alike is another', 'aaaaaaaaab', ['aaaaaaaaaa'], 1],
  ['a part of a key is none', 'aaaaa', ['aaaaaaaaaa'], 1],
  ['one of the keys is enough', 'cccccccccc aaaaaaaaaa', ['bbbbbbbbbb aaaaaaaaaa'], 0],
  ['each product is looked at', 'aaaaaaaaaa', ['aaaaaaaaaa', 'bbbbbbbbbb', null], 1],
])('%s', (_why, held, asked, count) => {
  expect(run(held, asked).errors).toHaveLength(count);
});

it.each([
  ['EN', '“Product 1” is kept for certain members. Log in or take it out of your cart.'],
  ['DE', '„Product 1“ ist bestimmten Mitgliedern vorbehalten. Melden Sie sich an oder nehmen Sie es heraus.'],
  ['FR', '« Product 1 » est réservé à certains membres. Connectez-vous ou retirez-le du panier.'],
  ['ES', '«Product 1» está reservado a ciertos miembros. Inicia sesión o quítalo del carrito.'],
  ['JA', '「Product 1」は一部の会員限定です。ログインするか、カートから削除してください。'],
  ['PT', '“Product 1” is kept for certain members. Log in or take it out of your cart.'],
])('says in %s which product it is', (language, message) => {
  expect(run(null, ['aaaaaaaaaa'], language).errors).toEqual([{ message, target: '$.cart' }]);
});

it('names few of many, and stays far within the limit of instructions', () => {
  const keys = Array.from({ length: 30 }, (_, at) => String(at).padStart(10, 'k')).join(' ');
  const { errors, instructions } = run(
    keys,
    Array.from({ length: 200 }, () => 'aaaaaaaaaa bbbbbbbbbb cccccccccc'),
  );
  expect(errors).toHaveLength(10);
  expect(instructions).toBeLessThan(functionLimits.instructions / 5);
});
