import type { ShopScope } from '#app/infra/database.ts';
import { type CodeWish, codeTerms, type IssuedCode, type RandomBytes } from './model.ts';
import { codePattern, drawCode, endOf, normalise, offerOf } from './rules.ts';
import { insertCodes, keyOf, readCodes } from './store.ts';

/** One statement stays below PostgreSQL's limits whatever the terms. */
const atOnce = 5_000;
/** Two drawn codes that are alike are less likely than a broken machine. */
const draws = 3;

interface Issuing {
  readonly now: Date;
  readonly random: RandomBytes;
}

/** Issues a code for a source; the job of publishing makes it in the store. */
export async function issueCode(scope: ShopScope, wish: CodeWish, issuing: Issuing): Promise<IssuedCode> {
  const [issued] = await issueCodes(scope, [wish], issuing);
  if (!issued) throw new Error('no code was issued');
  return issued;
}

/** The same for many, in as few statements as they fit into. Answers in the order of the wishes. */
export async function issueCodes(
  scope: ShopScope,
  wishes: readonly CodeWish[],
  issuing: Issuing,
): Promise<readonly IssuedCode[]> {
  const answers: IssuedCode[] = [];
  for (let from = 0; from < wishes.length; from += atOnce)
    answers.push(...(await issueSome(scope, wishes.slice(from, from + atOnce), issuing)));
  return answers;
}

async function issueSome(
  scope: ShopScope,
  wishes: readonly CodeWish[],
  { now, random }: Issuing,
): Promise<IssuedCode[]> {
  const answers = new Map<string, IssuedCode>();
  let due = wishes;
  for (let draw = 0; draw < draws && due.length > 0; draw += 1) {
    const rows = due.map((wish) => toRow(wish, now, random));
    const inserted = await insertCodes(scope, rows, now);
    const known = await readCodes(
      scope,
      due.map(({ source }) => source),
    );
    for (const { source, code, state } of known) {
      const key = keyOf(source);
      answers.set(key, { outcome: inserted.has(key) ? 'issued' : 'already', code, state });
    }
    due = due.filter(({ source }) => !answers.has(keyOf(source)));
    for (const { source, text } of due) if (text !== undefined) answers.set(keyOf(source), { outcome: 'taken' });
    due = due.filter(({ source }) => !answers.has(keyOf(source)));
  }
  return wishes.map(({ source }) => {
    const answer = answers.get(keyOf(source));
    if (!answer) throw new Error('every code that was drawn is taken');
    return answer;
  });
}

function toRow(wish: CodeWish, now: Date, random: RandomBytes) {
  const code = wish.text === undefined ? drawCode(wish.prefix, wish.customerId, random) : normalise(wish.text);
  // Only a code that we draw can say whose it is.
  if (wish.text !== undefined && wish.customerId !== null) throw new Error('a given text is for whoever has it');
  if (!codePattern.test(code)) throw new Error('not the text of a code');
  if (wish.uses !== null && !(Number.isSafeInteger(wish.uses) && wish.uses > 0))
    throw new Error('not a number of uses');
  const terms = codeTerms.parse(wish.terms);
  const endsAt = endOf(wish.endsAt, now);
  return { ...wish, code, terms, endsAt, offer: offerOf(wish, terms, endsAt, now) };
}
