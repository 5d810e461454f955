<?php
/**
 * Liquid's `cart`.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

use Trellis\WooCommerce\Pricing\Cart_Reader;
use Trellis\WooCommerce\Pricing\Exchange;

defined( 'ABSPATH' ) || exit;

/**
 * The shopper's cart on the cart page. Every other page may be kept by a cache for all shoppers, so that the cart is
 * an empty one there and the script asks for it.
 */
final class Cart_Drop extends Drop {

	/**
	 * The cart; null for the empty one.
	 *
	 * @var \WC_Cart|null
	 */
	private $cart;

	/**
	 * A cart.
	 *
	 * @param \WC_Cart|null $cart The cart; null for an empty one.
	 */
	public function __construct( ?\WC_Cart $cart ) {
		$this->cart = $cart;
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Liquid's name.
	 * @return mixed
	 */
	protected function read( $name ) {
		switch ( $name ) {
			case 'currency':
				return array( 'iso_code' => Exchange::currency() );
			case 'item_count':
				return $this->cart ? $this->cart->get_cart_contents_count() : 0;
			case 'items':
				return $this->cart ? array_values( array_map( array( $this, 'line' ), $this->cart->get_cart() ) ) : array();
			case 'attributes':
				return array();
		}
		return null;
	}

	/**
	 * A line, with its prices before discounts as the cart shows them.
	 *
	 * @param array $item WooCommerce's line.
	 * @return array
	 */
	private function line( array $item ) {
		$product  = $item['data'];
		$with_tax = $this->cart->display_prices_including_tax();
		$price    = $with_tax ? wc_get_price_including_tax( $product ) : wc_get_price_excluding_tax( $product );
		$quantity = (float) $item['quantity'];
		$whole    = $with_tax
			? wc_get_price_including_tax( $product, array( 'qty' => $quantity ) )
			: wc_get_price_excluding_tax( $product, array( 'qty' => $quantity ) );
		return array(
			'product_id'              => (int) $item['product_id'],
			'variant_id'              => (int) ( $item['variation_id'] ? $item['variation_id'] : $item['product_id'] ),
			'title'                   => Product_Drop::plain( $product->get_name() ),
			'quantity'                => (int) $quantity,
			'price'                   => Variant_Drop::hundredths( $price ),
			'original_line_price'     => Variant_Drop::hundredths( $whole ),
			'gift_card'               => Cart_Reader::is_gift_card( $product ),
			'selling_plan_allocation' => Cart_Reader::is_subscription( $item ) ? array() : null,
		);
	}
}
