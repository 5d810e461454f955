import { setVersions, visitorOf } from './arms';
import { decodeConfig, DiscountConfig } from './decode-config';
import { Formation, formBundles } from './form-bundles';
import {
  elementOf,
  isNull,
  isNumber,
  isObject,
  isText,
  isTrue,
  keyOf,
  lengthOf,
  readText,
  toNumber,
  valueOf,
  readTextAfter,
} from './input';
import { CartLine, Offer } from './model';
import { minorUnitDigits, parseDecimal } from './money';
import { mostOfCode } from './own-codes';
import { readConversion } from './rate';
import { everything, reserveBeside } from './stacking';
import { sameText, ascii, Text } from './text';
import { numbered, numberOf } from './texts';
import { startWork } from './work';

/** What a cart earns by the published configuration. */
export class Earned {
  constructor(
    readonly config: DiscountConfig,
    /** digits of the currency that the shopper pays in */
    readonly digits: i32,
    /** every line of the cart */
    readonly cartLines: u64,
    /** those that an offer may be about */
    readonly lines: Array<CartLine>,
    readonly formation: Formation,
    /** what free shipping leaves to codes of ours, presentment minor units */
    readonly leftToCodes: f64,
  ) {}
}

// Where the number starts in gid://shopify/Product/123 and gid://shopify/ProductVariant/123.
const productPrefix: i32 = 22;
export const variantPrefix: i32 = 29;

/** True where the discount may take something off goods, the order or shipping, as the class says. */
export function hasClass(discount: u64, name: string): bool {
  const classes = valueOf(discount, keyOf('discountClasses'));
  const wanted = ascii(name);
  for (let at = 0; at < lengthOf(classes); at += 1) if (sameText(readText(elementOf(classes, at)), wanted)) return true;
  return false;
}

/** The configuration in the metafields of the discount, or of the cart transform. */
export function readConfig(owner: u64): DiscountConfig | null {
  const shards = new Array<Text>();
  const keyOfValue = keyOf('value');
  for (let shard = 1; shard <= 6; shard += 1) {
    const text = valueOf(valueOf(owner, keyOf('config' + shard.toString())), keyOfValue);
    if (isText(text)) shards.push(readText(text));
  }
  return decodeConfig(shards);
}

/** Units of a line, and minor units that it may cost, so that every sum is exact and no loop is endless. */
export const mostUnits: f64 = 1_000_000;
export const mostMinor: f64 = 1e13;

/** True for what may be the quantity and the price of a line; a price that could not be read is NaN. */
function isSane(quantity: f64, price: f64): bool {
  return Math.floor(quantity) === quantity && quantity <= mostUnits && price * quantity <= mostMinor;
}

/** Lines that an offer may be about: no custom products, and no products that no offer looks at. */
export function readLines(cartLines: u64, digits: i32, config: DiscountConfig, whole: bool): Array<CartLine> {
  const keyOfItem = keyOf('item');
  const keyOfProduct = keyOf('product');
  const keyOfId = keyOf('id');
  const keyOfGift = keyOf('gift');
  const keyOfQuantity = keyOf('quantity');
  const keyOfCost = keyOf('cost');
  const keyOfEach = keyOf('each');
  const keyOfAmount = keyOf('amount');
  const keyOfPlan = keyOf('plan');
  const known = new Array<CartLine>();
  const count = lengthOf(cartLines);
  for (let place = 0; place < count; place += 1) {
    const line = elementOf(cartLines, place);
    const item = valueOf(line, keyOfItem);
    const product = valueOf(item, keyOfProduct);
    const variantId = valueOf(item, keyOfId);
    const productGid = valueOf(product, keyOfId);
    if (!isObject(product) || !isText(variantId) || !isText(productGid)) continue;
    const productId = readTextAfter(productGid, productPrefix);
    const met = numberOf(productId);
    if (!whole && !config.concerns(met)) continue;
    const variant = readTextAfter(variantId, variantPrefix);
    const quantity = valueOf(line, keyOfQuantity);
    const each = valueOf(valueOf(line, keyOfCost), keyOfEach);
    const price = parseDecimal(readText(valueOf(each, keyOfAmount)), digits);
    if (!isNumber(quantity) || !isSane(toNumber(quantity), price)) continue;
    const id = met < 0 ? numbered(productId) : met;
    known.push(
      new CartLine(
        place,
        valueOf(line, keyOfId),
        id,
        numbered(variant),
        toNumber(quantity),
        price,
        config.costOf(id, variant),
        isTrue(valueOf(product, keyOfGift)),
        !isNull(valueOf(line, keyOfPlan)),
      ),
    );
  }
  return known;
}

/** Null when configuration or rate cannot be read. */
export function readEarned(input: u64, discount: u64): Earned | null {
  const config = readConfig(discount);
  if (config === null) return null;
  const cart = valueOf(input, keyOf('cart'));
  const subtotal = valueOf(valueOf(cart, keyOf('cost')), keyOf('subtotalAmount'));
  const currency = readText(valueOf(subtotal, keyOf('currencyCode')));
  const rate = readText(valueOf(input, keyOf('presentmentCurrencyRate')));
  const conversion = readConversion(rate, config.currency, currency);
  if (conversion === null) return null;
  const tests = config.priceTests;
  if (tests !== null) {
    const visitor = visitorOf(readText(valueOf(valueOf(cart, keyOf('visitor')), keyOf('value'))));
    if (visitor !== null) setVersions(config.offers, tests, visitor);
  }
  const cartLines = valueOf(cart, keyOf('lines'));
  const digits = minorUnitDigits(currency);
  const reserve = reserveBeside(valueOf(input, keyOf('codes')), config.rules, config.knownCodes);
  const lines = readLines(cartLines, digits, config, reserve.isThere());
  const reserveBps = reserve.inCart(lines, config.rules, conversion);
  const offers = reserveBps === everything ? new Array<Offer>() : config.offers;
  startWork(config.reading());
  const formation = formBundles(lines, lengthOf(cartLines), offers, config.rules, conversion, Math.max(0, reserveBps));
  const left = <f64>reserve.unknown * mostOfCode(config.ownCodes, formation.goals.goods, conversion);
  return new Earned(config, digits, cartLines, lines, formation, left);
}
