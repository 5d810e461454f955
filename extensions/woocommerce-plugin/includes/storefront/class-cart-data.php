<?php
/**
 * What the Store API says of the cart's lines for us.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Pricing\Cart_Reader;
use WC_Product;

defined( 'ABSPATH' ) || exit;

/**
 * Adds the product of a variation to each line of the cart, and whether the line counts for what the cart earns.
 */
final class Cart_Data {

	/**
	 * Data of one line. Gift cards and subscriptions do not count, as in the rules that price the cart.
	 *
	 * @param array $item The cart's line.
	 * @return array{product: int, counts: bool}
	 */
	public static function of_line( $item ) {
		$product = isset( $item['data'] ) && $item['data'] instanceof WC_Product ? $item['data'] : null;
		return array(
			'product' => isset( $item['product_id'] ) ? (int) $item['product_id'] : 0,
			'counts'  => null !== $product && ! Cart_Reader::is_gift_card( $product ) && ! Cart_Reader::is_subscription( $item ),
		);
	}

	/**
	 * What the data looks like.
	 *
	 * @return array
	 */
	public static function schema() {
		return array(
			'product' => array(
				'description' => __( 'Product of the line, of a variation its parent.', 'trellis-for-woocommerce' ),
				'type'        => 'integer',
				'context'     => array( 'view', 'edit' ),
				'readonly'    => true,
			),
			'counts'  => array(
				'description' => __( 'Whether the line counts for what the cart earns.', 'trellis-for-woocommerce' ),
				'type'        => 'boolean',
				'context'     => array( 'view', 'edit' ),
				'readonly'    => true,
			),
		);
	}
}
