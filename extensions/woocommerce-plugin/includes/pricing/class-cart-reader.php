<?php
/**
 * WooCommerce's cart as the rules read it.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Incentives\Money;
use Trellis\WooCommerce\Orders\Marks;
use WC_Cart;
use WC_Product;

defined( 'ABSPATH' ) || exit;

/**
 * Amounts are minor units (ISO 4217) of the currency that the shopper pays in, with tax where the store's prices
 * include it and without where they do not, because that is what WooCommerce takes discounts off.
 */
final class Cart_Reader {

	/**
	 * The cart without codes.
	 *
	 * @param WC_Cart $cart          Cart.
	 * @param string  $shop_currency ISO 4217, of the published offers.
	 * @return array As `Price_Cart::price` takes it.
	 */
	public static function read( WC_Cart $cart, $shop_currency ) {
		$currency = Exchange::currency();
		$lines    = array();
		foreach ( $cart->get_cart() as $key => $item ) {
			if ( ! isset( $item['data'], $item['quantity'], $item['product_id'] ) || ! $item['data'] instanceof WC_Product ) {
				continue;
			}
			$variation = empty( $item['variation_id'] ) ? $item['product_id'] : $item['variation_id'];
			$lines[]   = array(
				'id'             => (string) $key,
				'productId'      => (string) $item['product_id'],
				'variantId'      => (string) $variation,
				'quantity'       => self::whole( $item['quantity'] ),
				'unitPriceMinor' => self::minor( self::price( $item['data'] ), $currency ),
				'giftCard'       => self::is_gift_card( $item['data'] ),
				'sellingPlan'    => self::is_subscription( $item ),
			);
		}
		return array(
			'currency'      => $currency,
			'rate'          => Exchange::rate( $shop_currency, $currency ),
			'shippingMinor' => Shipping::cost_minor( $cart ),
			'visitor'       => self::visitor(),
			'lines'         => $lines,
		);
	}

	/**
	 * A decimal amount in minor units, rounded half up.
	 *
	 * @param int|float|string $amount   Amount.
	 * @param string           $currency ISO 4217.
	 * @return int
	 */
	public static function minor( $amount, $currency ) {
		return (int) round( (float) $amount * 10 ** Money::minor_unit_digits( $currency ) );
	}

	/**
	 * What one unit costs on the basis that discounts are taken off.
	 *
	 * @param WC_Product $product Of a line of the cart.
	 * @return float
	 */
	private static function price( WC_Product $product ) {
		// Where prices include tax, a shopper from elsewhere pays theirs with another tax, or none.
		return (float) ( wc_prices_include_tax() ? wc_get_price_including_tax( $product, array( 'qty' => 1 ) ) : $product->get_price() );
	}

	/**
	 * A quantity; null for a part of a unit, which no offer counts.
	 *
	 * @param mixed $quantity As the cart has it.
	 * @return int|null
	 */
	private static function whole( $quantity ) {
		return is_numeric( $quantity ) && floor( (float) $quantity ) === (float) $quantity ? (int) $quantity : null;
	}

	/**
	 * Gift cards are money: they are never discounted. The app knows them by the same sign.
	 *
	 * @param WC_Product $product Of a line of the cart.
	 * @return bool
	 */
	public static function is_gift_card( WC_Product $product ) {
		$type = $product->get_type();
		if ( 'variation' === $type ) {
			$type = \WC_Product_Factory::get_product_type( $product->get_parent_id() );
		}
		/**
		 * Whether a product is a gift card, for plugins whose products do not say so by their type.
		 *
		 * @param bool       $is_gift_card By its type.
		 * @param WC_Product $product      Product.
		 */
		return (bool) apply_filters( 'trellis_is_gift_card', 1 === preg_match( '/gift[-_]?card/', (string) $type ), $product );
	}

	/**
	 * True for a line that is bought again and again.
	 *
	 * @param array $item Line of the cart.
	 * @return bool
	 */
	public static function is_subscription( array $item ) {
		$by_scheme = ! empty( $item['wcsatt_data']['active_subscription_scheme'] );
		return $by_scheme || false !== strpos( (string) $item['data']->get_type(), 'subscription' );
	}

	/**
	 * The visitor of price tests, with their consent only.
	 *
	 * @return string
	 */
	private static function visitor() {
		/**
		 * Who decides which version of a tested price a cart gets.
		 *
		 * @param string $visitor Lower-case UUID; '' = nobody.
		 */
		return (string) apply_filters( 'trellis_visitor', Marks::visitor() );
	}
}
