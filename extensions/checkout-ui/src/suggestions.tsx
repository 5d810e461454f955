/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { askForOffer, type Host, type Offer, type OfferedProduct, priceText, questionOf } from './offer.ts';

/** Nothing at first and where there is no offer: the page below never jumps for an empty frame. */
export function Suggestions({ host, origin }: { host: Host; origin: string }) {
  const [offer, setOffer] = useState<Offer | null>(null);
  // The order status page may learn its order a moment later, and is drawn again then.
  const question = JSON.stringify(questionOf(host));
  useEffect(() => {
    let latest = true;
    void askForOffer(host, origin).then((answer) => {
      if (latest) setOffer(answer);
    });
    return () => {
      latest = false;
    };
  }, [host, origin, question]);
  if (!offer) return null;
  const { i18n } = host;
  return (
    <s-section heading={String(i18n.translate('heading'))}>
      <s-stack gap="base">
        {offer.discount && (
          <s-text>
            {String(
              i18n.translate('discount', {
                percent: i18n.formatNumber(offer.discount.basisPoints / 10_000, {
                  style: 'percent',
                  maximumFractionDigits: 2,
                }),
                until: i18n.formatDate(new Date(offer.discount.until), { dateStyle: 'medium', timeStyle: 'short' }),
              }),
            )}
          </s-text>
        )}
        {offer.products.map((product) => (
          <Suggestion key={product.productId} host={host} origin={origin} product={product} />
        ))}
      </s-stack>
    </s-section>
  );
}

function Suggestion({ host, origin, product }: { host: Host; origin: string; product: OfferedProduct }) {
  const { i18n } = host;
  const before = priceText(host, product.price);
  const price = product.offerPrice ? priceText(host, product.offerPrice) : before;
  return (
    <s-grid gridTemplateColumns="auto 1fr auto" gap="base" alignItems="center">
      <s-product-thumbnail alt="" {...(product.imageUrl === null ? {} : { src: product.imageUrl })} />
      <s-stack gap="none">
        <s-text>{product.title}</s-text>
        {product.offerPrice ? (
          <s-text>{String(i18n.translate('prices', { price, before }))}</s-text>
        ) : (
          <s-text color="subdued">{price}</s-text>
        )}
      </s-stack>
      <s-button
        variant="secondary"
        href={`${origin}/checkout/offers/${encodeURIComponent(product.ticket)}`}
        accessibilityLabel={String(i18n.translate('addTitle', { title: product.title }))}
      >
        {String(i18n.translate('add'))}
      </s-button>
    </s-grid>
  );
}
