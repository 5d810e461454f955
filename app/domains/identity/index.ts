/**
 * Who is the same person as whom, by keyed hashes of what orders say (mailbox, phone, home, name, browser, payment) and
 * accounts (mailbox). Kept over the whole imported history; nothing in the clear. Every function of the store takes the scope of `db.inShop`.
 */
export { emailKey, keysOfCustomer, keysOfOrder } from './keys.ts';
export { customerSubject, type KeyKind, type Related, type Subject, type SubjectKeys, subjectOf } from './model.ts';
export { type Kinship, kinshipOf, samePersons } from './rules.ts';
export { countKeysOf, forgetKeysOf, noteKeys, readKnown, readRelated, readShared } from './store.ts';
export { countUnnamed } from './store-guests.ts';
export { joinSubjects } from './store-join.ts';
