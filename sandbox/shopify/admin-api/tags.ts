import { assertAccess } from './access.ts';
import type { AdminContext, Arguments, Resolvers } from './context.ts';
import { idIn, refused } from './values.ts';

const mostTags = 250;
const longest = 255;

/** One text may hold several tags, with commas between them. */
const tagsOf = (args: Arguments): string[] =>
  (args['tags'] as string[]).flatMap((text) => text.split(',').map((tag) => tag.trim())).filter((tag) => tag !== '');

const isIn = (list: readonly string[], tag: string): boolean =>
  list.some((one) => one.toLowerCase() === tag.toLowerCase());

/** Customers are all that carries tags here. Tags are one whatever their case; what is as asked for is not written again. */
function change(
  { store, scopes }: AdminContext,
  args: Arguments,
  field: 'tagsAdd' | 'tagsRemove',
  next: (known: readonly string[], given: readonly string[]) => string[],
) {
  const refuse = (name: 'id' | 'tags', message: string) => refused([{ field: [name], message }], { node: null });
  assertAccess(scopes, ['write_customers'], field);
  const customer = store.customers.get(idIn(args['id'], 'Customer') ?? '');
  if (customer === undefined) return refuse('id', 'Customer does not exist');
  const given = tagsOf(args);
  if (given.some((tag) => tag.length > longest))
    return refuse('tags', `is too long (maximum is ${String(longest)} characters)`);
  const tags = next(customer.tags, given);
  if (tags.length > mostTags) return refuse('tags', `cannot have more than ${String(mostTags)} tags`);
  const isSame = tags.length === customer.tags.length;
  const changed = isSame ? customer : store.put('customers', { ...customer, tags });
  return { node: { __typename: 'Customer', ...changed }, userErrors: [] };
}

export const tagMutations: Resolvers<unknown> = {
  'Mutation.tagsAdd': (_source, args, context) =>
    change(context, args, 'tagsAdd', (known, given) => [
      ...known,
      ...given.filter((tag, at) => !isIn(known, tag) && !isIn(given.slice(0, at), tag)),
    ]),
  'Mutation.tagsRemove': (_source, args, context) =>
    change(context, args, 'tagsRemove', (known, given) => known.filter((tag) => !isIn(given, tag))),
};
