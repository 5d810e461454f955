<?php
/**
 * Virtual coupons.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use WC_Cart;
use WC_Coupon;

defined( 'ABSPATH' ) || exit;

/**
 * A cart has a virtual coupon for each offer that it earns: nobody can type its code in, it exists for this cart only, and
 * its uses are not counted.
 */
final class Cart_Coupons {

	/** Discount type of our coupons. */
	const TYPE = 'trellis_offer';

	/**
	 * Puts the coupons on that the cart earns now, and takes all others of ours off.
	 *
	 * @param mixed $cart Cart.
	 */
	public static function put_on( $cart ) {
		if ( ! $cart instanceof WC_Cart ) {
			return;
		}
		$others = array_filter(
			$cart->get_applied_coupons(),
			static function ( $code ) {
				return ! Earned::is_own( $code );
			}
		);
		$codes  = array_merge( array_values( $others ), array_keys( Earned::again( $cart )->offers ) );
		if ( array_values( $cart->get_applied_coupons() ) !== $codes ) {
			$cart->set_applied_coupons( $codes );
		}
	}

	/**
	 * The same before WooCommerce looks whether the coupons of the shopper's cart are still valid.
	 */
	public static function put_on_cart() {
		if ( WC()->cart instanceof WC_Cart ) {
			self::put_on( WC()->cart );
		}
	}

	/**
	 * Makes a coupon of a code of ours, where the shopper's cart earns it.
	 *
	 * @param mixed $data What another plugin made of it.
	 * @param mixed $code Coupon code.
	 * @return mixed
	 */
	public static function data( $data, $code ) {
		if ( ! Earned::is_own( $code ) ) {
			return $data;
		}
		$offer = Earned::now()->offer( wc_format_coupon_code( $code ) );
		return null === $offer ? $data : array(
			'discount_type' => self::TYPE,
			'amount'        => 0,
			'free_shipping' => $offer['shipping'],
		);
	}

	/**
	 * Makes the type known to WooCommerce, but not to those who write coupons.
	 *
	 * @param array $types Type => name.
	 * @return array
	 */
	public static function types( $types ) {
		$screen = function_exists( 'get_current_screen' ) ? get_current_screen() : null;
		if ( is_array( $types ) && ( null === $screen || false === strpos( $screen->id, 'shop_coupon' ) ) ) {
			$types[ self::TYPE ] = __( 'Trellis offer', 'trellis-for-woocommerce' );
		}
		return $types;
	}

	/**
	 * Ours may be taken off any item: which, the amounts say.
	 *
	 * @param bool      $valid  So far.
	 * @param WC_Coupon $coupon Coupon.
	 * @return bool
	 */
	public static function is_valid_for_cart( $valid, $coupon ) {
		return $coupon->is_type( self::TYPE ) ? true : $valid;
	}

	/**
	 * Lets WooCommerce work out what is left of each item, which `amounts` then takes the exact part of.
	 *
	 * @param float     $discount So far.
	 * @param float     $price    Of one unit.
	 * @param mixed     $item     Line.
	 * @param bool      $single   Of one unit only.
	 * @param WC_Coupon $coupon   Coupon.
	 * @return float
	 */
	public static function all_of_it( $discount, $price, $item, $single, $coupon ) {
		return $coupon->is_type( self::TYPE ) ? $price : $discount;
	}

	/**
	 * The exact part of each item.
	 *
	 * @param array     $available Item key => what is left of it.
	 * @param WC_Coupon $coupon    Coupon.
	 * @return array
	 */
	public static function amounts( $available, $coupon ) {
		if ( ! $coupon->is_type( self::TYPE ) || ! is_array( $available ) ) {
			return $available;
		}
		$order = Order_Items::recalculated( $coupon );
		if ( null !== $order ) {
			return Amounts::of( $available, $order['lines'], $order['currency'] );
		}
		$offer = Earned::now()->offer( $coupon->get_code() );
		return Amounts::of( $available, null === $offer ? array() : $offer['lines'], Exchange::currency() );
	}
}
