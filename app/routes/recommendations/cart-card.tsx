import { Link, useNavigation, useSearchParams } from '@remix-run/react';
import { BlockStack, Button, Card, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { ExplainedList, type ExplainedListProps } from '../../ui/recommendations/explained-list.tsx';
import { lookUpAddress, mostInCart } from '../../ui/recommendations/look-up-address.ts';
import { Thumb } from '../../ui/thumb.tsx';

export interface TriedCart extends Pick<ExplainedListProps, 'list' | 'pictures'> {
  /** title null: not in the catalog any more */
  readonly products: readonly { readonly id: string; readonly title: string | null }[];
}

interface CartProps {
  readonly search: string;
  readonly product: string;
  readonly cart: TriedCart;
}

/** Changes the cart in the address, where it can be shared; what is looked up stays. */
function useCartAddress({ search, product, cart }: CartProps) {
  const [, setParams] = useSearchParams();
  const ids = cart.products.map(({ id }) => id);
  const become = (next: readonly string[]): void => {
    setParams(lookUpAddress({ search, product, cart: next }), { preventScrollReset: true });
  };
  return {
    ids,
    // A second change before the page knows of the first would undo it.
    isBusy: useNavigation().state !== 'idle',
    add: (id: string): void => {
      become([...ids, id]);
    },
    remove: (id: string): void => {
      become(ids.filter((one) => one !== id));
    },
  };
}

/** Puts a product that was found into the cart that is tried. */
export function AddToCart({ id, title, ...props }: CartProps & { readonly id: string; readonly title: string }) {
  const { ids, isBusy, add } = useCartAddress(props);
  const isIn = ids.includes(id);
  return (
    <Button
      size="slim"
      disabled={isIn || isBusy || ids.length >= mostInCart}
      accessibilityLabel={isIn ? `${title} is in the cart` : `Add ${title} to the cart`}
      onClick={() => {
        add(id);
      }}
    >
      {isIn ? 'In the cart' : 'Add to cart'}
    </Button>
  );
}

/** What shoppers with these products in their cart are suggested, and why. */
export function CartCard(props: CartProps) {
  const { search, cart } = props;
  const { ids, isBusy, remove } = useCartAddress(props);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingSm">
            What a cart is shown
          </Text>
          <Text as="p" tone="subdued">
            The cart page, the cart drawer, the panel after adding and the offers after a purchase all ask this; here
            for a guest of whom nothing is known.
          </Text>
        </BlockStack>
        {cart.products.length === 0 ? (
          <Text as="p">Look up a product above and add it to the cart to see what goes with it, and why.</Text>
        ) : (
          <>
            <ul className="bundle-rows">
              {cart.products.map(({ id, title }) => (
                <li key={id} className="bundle-row">
                  <Thumb url={cart.pictures[id] ?? null} />
                  <div className="bundle-row-words">
                    {title === null ? (
                      <Text as="span" breakWord>{`Product ${id}: not in your catalog any more`}</Text>
                    ) : (
                      <Link
                        className="row-link"
                        to={lookUpAddress({ search, product: id, cart: ids })}
                        preventScrollReset
                      >
                        {title}
                      </Link>
                    )}
                  </div>
                  <Button
                    icon={DeleteIcon}
                    variant="tertiary"
                    disabled={isBusy}
                    accessibilityLabel={`Take ${title ?? `product ${id}`} out of the cart`}
                    onClick={() => {
                      remove(id);
                    }}
                  />
                </li>
              ))}
            </ul>
            <ExplainedList
              title="Suggested for this cart"
              list={cart.list}
              pictures={cart.pictures}
              partners={Object.fromEntries(cart.products.map(({ id, title }) => [id, title ?? id]))}
              none="Nothing that can be bought now goes with this cart."
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}
