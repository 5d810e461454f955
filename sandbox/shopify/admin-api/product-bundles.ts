import type { SandboxProductOperation } from '../admin-store.ts';
import type { SandboxProduct, SandboxVariant } from '../model.ts';
import { toMinor, toText } from '../money.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { inOrder } from './connections.ts';
import { variantNode } from './products.ts';
import { gid, idIn, type Problem, refused } from './values.ts';

interface ComponentInput {
  readonly productId: string;
  readonly quantity?: number | null;
  readonly quantityOption?: unknown;
  readonly optionSelections: readonly { readonly componentOptionId: string; readonly values: readonly string[] }[];
}
interface BundleInput {
  readonly title?: string | null;
  readonly productId?: string;
  readonly components?: readonly ComponentInput[] | null;
}

/** Source: shopify.dev, "Bundles", limitations. */
const mostComponents = 30;

/** The variants that a bundle is made of. The sandbox makes bundles of one variant each: every option has one value. */
function componentsOf(context: AdminContext, input: BundleInput): SandboxVariant['components'] | { problem: Problem } {
  const problem = (message: string, ...path: string[]) => ({ problem: { field: ['input', ...path], message } });
  const components = input.components ?? [];
  if (components.length === 0) return problem('A bundle must have components.', 'components');
  if (components.length > mostComponents) return problem('A bundle has too many components.', 'components');
  const chosen: { variantId: string; quantity: number }[] = [];
  for (const [index, component] of components.entries()) {
    const at = ['components', index.toString()];
    const product = context.store.products.get(idIn(component.productId, 'Product') ?? '');
    if (product === undefined) return problem('Product does not exist.', ...at, 'productId');
    if (product.variants.some((variant) => variant.components !== undefined))
      return problem('A bundle cannot be a component of a bundle.', ...at, 'productId');
    const [selection] = component.optionSelections;
    if (component.optionSelections.length !== 1 || selection?.componentOptionId !== gid('ProductOption', product.id))
      return problem('Every option of the component must be selected.', ...at, 'optionSelections');
    if (selection.values.length !== 1)
      return problem('The sandbox makes bundles of one variant only.', ...at, 'optionSelections');
    const variant = product.variants.find((candidate) => candidate.title === selection.values[0]);
    if (variant === undefined) return problem('Option value does not exist.', ...at, 'optionSelections');
    chosen.push({ variantId: variant.id, quantity: component.quantity ?? 1 });
  }
  return chosen;
}

function begin(context: AdminContext, input: BundleInput, known: SandboxProduct | null) {
  const components = input.components ? componentsOf(context, input) : known?.variants[0]?.components;
  if (components === undefined || 'problem' in components)
    return refused([components?.problem ?? { field: ['input', 'components'], message: 'Components are needed.' }], {
      productBundleOperation: null,
    });
  const operation: SandboxProductOperation = {
    id: context.store.nextId(),
    status: 'CREATED',
    productId: known?.id ?? null,
    title: input.title ?? known?.title ?? '',
    components,
    userErrors: [],
  };
  context.store.putAdmin('productOperations', operation);
  return { productBundleOperation: operation, userErrors: [] };
}

/** An operation gets on a step each time that it is asked about: an app that does not ask again never sees the product. */
function advance(context: AdminContext, operation: SandboxProductOperation): SandboxProductOperation {
  if (operation.status === 'COMPLETE') return operation;
  const next: SandboxProductOperation =
    operation.status === 'CREATED'
      ? { ...operation, status: 'ACTIVE' }
      : { ...operation, status: 'COMPLETE', productId: writeProduct(context, operation) };
  context.store.putAdmin('productOperations', next);
  return next;
}

function writeProduct({ store }: AdminContext, operation: SandboxProductOperation): string {
  const known = operation.productId === null ? undefined : store.products.get(operation.productId);
  const now = store.now().toISOString();
  const price = operation.components.reduce(
    (sum, part) =>
      sum + toMinor(store.variant(part.variantId)?.variant.price ?? '0', store.shop.currency) * part.quantity,
    0,
  );
  const id = known?.id ?? store.nextId();
  const handle = `${operation.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${id}`;
  const variant: SandboxVariant = {
    id: known?.variants[0]?.id ?? store.nextId(),
    inventoryItemId: known?.variants[0]?.inventoryItemId ?? store.nextId(),
    title: 'Default Title',
    sku: '',
    position: 1,
    price: known?.variants[0]?.price ?? toText(price, store.shop.currency),
    compareAtPrice: null,
    unitCost: null,
    // Its stock is its components'.
    tracked: false,
    inventoryQuantity: 0,
    inventoryPolicy: 'DENY',
    components: operation.components,
  };
  store.put('products', {
    id,
    handle: known?.handle ?? handle,
    descriptionHtml: '',
    productType: '',
    vendor: store.shop.name,
    tags: [],
    collectionIds: [],
    status: 'DRAFT',
    publishedAt: null,
    isGiftCard: false,
    imageUrl: null,
    createdAt: now,
    updatedAt: now,
    ...known,
    title: operation.title,
    variants: [variant],
  });
  return id;
}

const bundleOf = (context: AdminContext, id: unknown): SandboxProduct | null => {
  const product = context.store.products.get(idIn(id, 'Product') ?? '') ?? null;
  return product?.variants[0]?.components === undefined ? null : product;
};

export const bundleMutations: Resolvers<unknown> = {
  'Mutation.productBundleCreate': (_source, args, context) => {
    const input = args['input'] as BundleInput;
    if ((input.title ?? '').trim() === '')
      return refused([{ field: ['input', 'title'], message: "Title can't be blank" }], {
        productBundleOperation: null,
      });
    return begin(context, input, null);
  },
  'Mutation.productBundleUpdate': (_source, args, context) => {
    const input = args['input'] as BundleInput;
    const known = bundleOf(context, input.productId);
    return known === null
      ? refused([{ field: ['input', 'productId'], message: 'Product does not exist' }], {
          productBundleOperation: null,
        })
      : begin(context, input, known);
  },
};

export const bundleQueries: Resolvers<unknown> = {
  'QueryRoot.productOperation': (_source, args: Arguments, context) => {
    const found = context.store.productOperations.get(idIn(args['id'], 'ProductBundleOperation') ?? '');
    return found === undefined ? null : { __typename: 'ProductBundleOperation', ...advance(context, found) };
  },
};

export const bundleOperationResolvers: Resolvers<SandboxProductOperation> = {
  'ProductBundleOperation.id': (operation) => gid('ProductBundleOperation', operation.id),
  'ProductBundleOperation.product': (operation, _args, context) =>
    operation.status === 'COMPLETE' ? (context.store.products.get(operation.productId ?? '') ?? null) : null,
};

interface ComponentNode {
  readonly id: string;
  readonly componentProduct: SandboxProduct;
  readonly variant: SandboxVariant;
  readonly quantity: number;
}

export const bundleResolvers: Resolvers<ComponentNode> = {
  'ProductBundleComponent.quantityOption': () => null,
};

export const bundleLists: Listers<unknown> = {
  'Product.bundleComponents': (source, _args, context) => {
    const components = (source as SandboxProduct).variants[0]?.components ?? [];
    const nodes = components.flatMap(({ variantId, quantity }): ComponentNode[] => {
      const found = context.store.variant(variantId);
      return found === null
        ? []
        : [{ id: variantId, componentProduct: found.product, variant: found.variant, quantity }];
    });
    return inOrder(nodes, (node) => node.id);
  },
  'ProductBundleComponent.componentVariants': (source) => {
    const { componentProduct, variant } = source as ComponentNode;
    return inOrder([variantNode(componentProduct, variant)], (node) => node.id);
  },
};
