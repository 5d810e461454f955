import { Earned, hasClass, readEarned } from './earned';
import { elementOf, keyOf, lengthOf, readText, valueOf } from './input';
import { formatDecimal } from './money';
import {
  closeList,
  closeObject,
  closeOperations,
  openList,
  openObject,
  openOperations,
  OutputKeys,
  writeKey,
  writeNothing,
  writeText,
  writeWhole,
} from './output';
import { takesPart } from './pools';
import { messageBytesOf, messageOf, sharesOf } from './shares';
import { shopify_function_input_get } from './shopify_function_v2';
import { Text } from './text';
import { jsonLength, utf16Length } from './utf8';

/** Shopify refuses an output above 20,000 bytes for carts of up to 200 lines; some room is kept. */
const outputBytes: i32 = 19_500;
/** JSON around one candidate's id, amount and message, generously. */
const candidateBytes: i32 = 130;
/** The same without a message. */
const plainCandidateBytes: i32 = 110;
/** JSON around the order's discount: everything but the excluded lines, the amount and the message. */
const orderBytes: i32 = 176;

/** One discounted line: its id, its units and what comes off them. */
class LineCandidate {
  constructor(
    readonly id: Text,
    readonly quantity: f64,
    readonly minor: f64,
    readonly amount: Text,
    readonly message: Text,
    /** bytes of the message in JSON */
    readonly messageBytes: i32,
  ) {
    this.plainBytes = plainCandidateBytes + utf16Length(id);
  }

  /** bytes of the candidate without its message, at most */
  readonly plainBytes: i32;
}

/** The lines that an order's discount does not look at: all but those that take part. */
function excludedLines(earned: Earned): Array<Text> {
  const count = lengthOf(earned.cartLines);
  const takesPartAt = new StaticArray<bool>(count);
  for (let at = 0; at < earned.lines.length; at += 1) {
    const line = unchecked(earned.lines[at]);
    unchecked((takesPartAt[line.place] = takesPart(line, earned.config.rules)));
  }
  const keyOfId = keyOf('id');
  const excluded = new Array<Text>();
  for (let place = 0; place < count; place += 1)
    if (!unchecked(takesPartAt[place])) excluded.push(readText(valueOf(elementOf(earned.cartLines, place), keyOfId)));
  return excluded;
}

function bytesOfOrder(excluded: Array<Text>, amount: Text, message: Text): i32 {
  let bytes = orderBytes + amount.length + jsonLength(message) + max(0, excluded.length - 1);
  for (let at = 0; at < excluded.length; at += 1) bytes += jsonLength(unchecked(excluded[at]));
  return bytes;
}

function writeOrder(keys: OutputKeys, excluded: Array<Text>, amount: Text, message: Text): void {
  openObject(1);
  writeKey(keyOf('orderDiscountsAdd'));
  openObject(2);
  writeKey(keys.selectionStrategy);
  writeKey(keyOf('FIRST'));
  writeKey(keys.candidates);
  openList(1);
  openObject(3);
  writeKey(keys.targets);
  openList(1);
  openObject(1);
  writeKey(keyOf('orderSubtotal'));
  openObject(1);
  writeKey(keyOf('excludedCartLineIds'));
  openList(excluded.length);
  for (let at = 0; at < excluded.length; at += 1) writeText(unchecked(excluded[at]));
  closeList();
  closeObject();
  closeObject();
  closeList();
  writeAmount(keys, keyOf('fixedAmount'), keyOf('amount'), amount);
  writeKey(keys.message);
  writeText(message);
  closeObject();
  closeList();
  closeObject();
  closeObject();
}

function writeAmount(keys: OutputKeys, keyOfFixed: i32, keyOfAmount: i32, amount: Text): void {
  writeKey(keys.value);
  openObject(1);
  writeKey(keyOfFixed);
  openObject(1);
  writeKey(keyOfAmount);
  writeText(amount);
  closeObject();
  closeObject();
}

function writeProducts(keys: OutputKeys, candidates: Array<LineCandidate>, withMessage: bool): void {
  const keyOfLine = keyOf('cartLine');
  const keyOfQuantity = keyOf('quantity');
  const keyOfFixed = keyOf('fixedAmount');
  const keyOfAmount = keyOf('amount');
  openObject(1);
  writeKey(keyOf('productDiscountsAdd'));
  openObject(2);
  writeKey(keys.selectionStrategy);
  writeKey(keyOf('ALL'));
  writeKey(keys.candidates);
  openList(candidates.length);
  for (let at = 0; at < candidates.length; at += 1) {
    const candidate = unchecked(candidates[at]);
    openObject(withMessage ? 3 : 2);
    writeKey(keys.targets);
    openList(1);
    openObject(1);
    writeKey(keyOfLine);
    openObject(2);
    writeKey(keys.id);
    writeText(candidate.id);
    writeKey(keyOfQuantity);
    writeWhole(<i32>candidate.quantity);
    closeObject();
    closeObject();
    closeList();
    writeAmount(keys, keyOfFixed, keyOfAmount, candidate.amount);
    if (withMessage) {
      writeKey(keys.message);
      writeText(candidate.message);
    }
    closeObject();
  }
  closeList();
  closeObject();
  closeObject();
}

/** One candidate for each discounted line: what all its bundles take off it together. */
function toCandidates(earned: Earned): Array<LineCandidate> {
  const candidates = new Array<LineCandidate>();
  const shares = sharesOf(earned.formation.bundles, lengthOf(earned.cartLines));
  for (let at = 0; at < shares.length; at += 1) {
    const share = unchecked(shares[at]);
    if (share.minor === 0) continue;
    const amount = formatDecimal(share.minor, earned.digits);
    const message = messageOf(share.offers);
    const bytes = messageBytesOf(share.offers);
    candidates.push(new LineCandidate(readText(share.line.id), share.quantity, share.minor, amount, message, bytes));
  }
  return candidates;
}

function bytesOf(candidates: Array<LineCandidate>): i32 {
  let bytes = 0;
  for (let at = 0; at < candidates.length; at += 1) {
    const candidate = unchecked(candidates[at]);
    bytes += candidateBytes - plainCandidateBytes + candidate.plainBytes + candidate.messageBytes;
  }
  return bytes;
}

/** Bytes of the candidates without their messages, at most. */
function plainBytes(candidates: Array<LineCandidate>): i32 {
  let bytes = 0;
  for (let at = 0; at < candidates.length; at += 1) bytes += unchecked(candidates[at]).plainBytes;
  return bytes;
}

/** Leaves as many of the candidates as there is room for without their messages. */
function cut(candidates: Array<LineCandidate>, bytesLeft: i32): void {
  let bytes = 0;
  for (let at = 0; at < candidates.length; at += 1) {
    bytes += unchecked(candidates[at]).plainBytes;
    if (bytes > bytesLeft) candidates.length = at;
  }
}

function minorOf(candidates: Array<LineCandidate>): f64 {
  let minor: f64 = 0;
  for (let at = 0; at < candidates.length; at += 1) minor += unchecked(candidates[at]).minor;
  return minor;
}

/** Prices the bundles and goals in a cart. Says nothing when the cart earns nothing or something cannot be read. */
export function run(): void {
  const input = shopify_function_input_get();
  const discount = valueOf(input, keyOf('discount'));
  const ofProducts = hasClass(discount, 'PRODUCT');
  const ofOrder = hasClass(discount, 'ORDER');
  const earned = ofProducts || ofOrder ? readEarned(input, discount) : null;
  if (earned === null) return writeNothing();
  const goals = earned.formation.goals;
  const candidates = !ofProducts || goals.withoutBundles ? new Array<LineCandidate>() : toCandidates(earned);
  const title = goals.orderTitle;
  let hasOrder = ofOrder && title !== null && goals.orderMinor > 0;
  const excluded = hasOrder ? excludedLines(earned) : new Array<Text>();
  const amount = formatDecimal(goals.orderMinor, earned.digits);
  let spent = hasOrder ? bytesOfOrder(excluded, amount, title!) : 2;
  // A refused output would cost the shopper every discount: where both do not fit, what saves more stays.
  if (hasOrder && (spent > outputBytes || plainBytes(candidates) > outputBytes - spent)) {
    if (spent <= outputBytes && goals.orderMinor > minorOf(candidates)) candidates.length = 0;
    else {
      hasOrder = false;
      spent = 2;
    }
  }
  cut(candidates, outputBytes - spent);
  const keys = new OutputKeys();
  openOperations(keys, (candidates.length > 0 ? 1 : 0) + (hasOrder ? 1 : 0));
  // The titles are what can be spared first.
  if (candidates.length > 0) writeProducts(keys, candidates, bytesOf(candidates) <= outputBytes - spent);
  if (hasOrder) writeOrder(keys, excluded, amount, title!);
  closeOperations();
}
