<?php
/**
 * Reads the cart that is to be priced. The definition's types are checked here, because PHP's are not.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Lines that cannot be those of a cart are left out, so that they cost what they cost.
 */
final class Read_Cart {

	/** Units of a line. */
	const MOST_UNITS = 1000000;

	/** Minor units of a line, so that every sum is exact. */
	const MOST_MINOR = 10000000000000;

	/**
	 * The cart with every key that the rules read.
	 *
	 * @param array  $cart   As `Price_Cart::price` takes it.
	 * @param Config $config For what the cart leaves out.
	 * @return array
	 */
	public static function read( array $cart, Config $config ) {
		$lines = array();
		foreach ( isset( $cart['lines'] ) && is_array( $cart['lines'] ) ? $cart['lines'] : array() as $line ) {
			$read = is_array( $line ) ? self::read_line( $line, $config ) : null;
			if ( null !== $read ) {
				$lines[] = $read;
			}
		}
		$currency = self::text( $cart, 'currency' );
		$shipping = Cells::whole( isset( $cart['shippingMinor'] ) ? $cart['shippingMinor'] : 0, 0, self::MOST_MINOR );
		return array(
			'currency'      => $currency,
			'shopCurrency'  => isset( $cart['shopCurrency'] ) ? self::text( $cart, 'shopCurrency' ) : $config->shop_currency,
			'rate'          => self::text( $cart, 'rate' ),
			'shippingMinor' => (int) $shipping,
			'lines'         => $lines,
		);
	}

	/**
	 * One line, or null for what is none.
	 *
	 * @param array  $line   Line.
	 * @param Config $config For a cost that the line leaves out.
	 * @return array|null
	 */
	private static function read_line( array $line, Config $config ) {
		$id         = self::text( $line, 'id' );
		$product_id = self::text( $line, 'productId' );
		$variant_id = isset( $line['variantId'] ) ? self::text( $line, 'variantId' ) : null;
		$quantity   = Cells::whole( isset( $line['quantity'] ) ? $line['quantity'] : null, 0, self::MOST_UNITS );
		$price      = Cells::whole( isset( $line['unitPriceMinor'] ) ? $line['unitPriceMinor'] : null, 0, self::MOST_MINOR );
		if ( '' === $id || '' === $product_id || null === $quantity || null === $price || $price * $quantity > self::MOST_MINOR ) {
			return null;
		}
		return array(
			'id'             => $id,
			'productId'      => $product_id,
			'variantId'      => $variant_id,
			'quantity'       => $quantity,
			'unitPriceMinor' => $price,
			'unitCostMinor'  => array_key_exists( 'unitCostMinor', $line )
				? Cells::whole( $line['unitCostMinor'], 0, Money::MOST )
				: $config->cost_of( $product_id, $variant_id ),
			'giftCard'       => ! empty( $line['giftCard'] ),
			'sellingPlan'    => ! empty( $line['sellingPlan'] ),
		);
	}

	/**
	 * A text of an array; '' for what is none.
	 *
	 * @param array  $of  Array.
	 * @param string $key Where.
	 * @return string
	 */
	private static function text( array $of, $key ) {
		return isset( $of[ $key ] ) && ( is_string( $of[ $key ] ) || is_int( $of[ $key ] ) ) ? (string) $of[ $key ] : '';
	}
}
