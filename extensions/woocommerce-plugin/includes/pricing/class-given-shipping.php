<?php
/**
 * What we take off the shipping of an order.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Codes\Code_Coupons;
use WC_Cart;
use WC_Coupon;
use WC_Shipping_Zones;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce keeps what shipping cost and not what it would have cost. We know: the prices of all rates are kept for the
 * margin.
 */
final class Given_Shipping {

	/** The method of the store that coupons open. */
	const FREE = 'free_shipping';

	/**
	 * What the shipping of the shopper's cart would cost without our goals and codes, less what it costs. With tax where
	 * the store's prices include it.
	 *
	 * @param WC_Cart $cart Cart.
	 * @return float
	 */
	public static function of( WC_Cart $cart ) {
		$session = WC()->session;
		$costs   = $session ? $session->get( Shipping::COSTS ) : null;
		if ( ! is_array( $costs ) || ! $costs || ! $cart->needs_shipping() ) {
			return 0.0;
		}
		$chosen = $session->get( 'chosen_shipping_methods' );
		$opened = 0.0;
		$ways   = array();
		foreach ( $costs as $at => $rates ) {
			$rate = is_array( $chosen ) && isset( $chosen[ $at ] ) ? (string) $chosen[ $at ] : '';
			if ( ! is_array( $rates ) || ! isset( $rates[ $rate ] ) ) {
				continue;
			}
			if ( self::FREE === explode( ':', $rate )[0] ) {
				$opened += self::is_opened_by_us( $cart, $rate ) ? self::cheapest( $rates ) : 0.0;
			} else {
				$ways[] = (float) $rates[ $rate ];
			}
		}
		// A goal makes all parcels free that the margin bears together, or none.
		$currency = Exchange::currency();
		$minor    = 0;
		foreach ( $ways as $cost ) {
			$minor += Cart_Reader::minor( $cost, $currency );
		}
		return $opened + ( null !== Shipping::goal() && $minor <= Earned::now()->free_up_to ? (float) array_sum( $ways ) : 0.0 );
	}

	/**
	 * What the shopper would have paid at least: nobody knows which rate they would have chosen.
	 *
	 * @param array $rates Cost by rate.
	 * @return float
	 */
	public static function cheapest( array $rates ) {
		$paid = array_filter( array_map( 'floatval', $rates ) );
		return $paid ? (float) min( $paid ) : 0.0;
	}

	/**
	 * Whether a way of delivery is the store's free shipping, and there because of a code of ours alone.
	 *
	 * @param WC_Cart $cart Cart.
	 * @param string  $rate Its id.
	 * @return bool
	 */
	public static function is_opened_by_us( WC_Cart $cart, $rate ) {
		if ( self::FREE !== explode( ':', $rate )[0] ) {
			return false;
		}
		$own = false;
		foreach ( $cart->get_coupons() as $coupon ) {
			if ( $coupon instanceof WC_Coupon && $coupon->get_free_shipping() && ! Earned::is_own( $coupon->get_code() ) ) {
				if ( ! $coupon->is_type( Code_Coupons::TYPE ) ) {
					return false;
				}
				$own = true;
			}
		}
		if ( ! $own ) {
			return false;
		}
		$parts    = explode( ':', $rate );
		$method   = isset( $parts[1] ) ? WC_Shipping_Zones::get_shipping_method( (int) $parts[1] ) : false;
		$requires = is_object( $method ) && isset( $method->requires ) ? (string) $method->requires : '';
		if ( 'either' === $requires ) {
			return self::subtotal( $cart, $method ) < (float) $method->min_amount;
		}
		return in_array( $requires, array( 'coupon', 'both' ), true );
	}

	/**
	 * What WooCommerce compares with the least amount of its free shipping.
	 *
	 * @param WC_Cart $cart   Cart.
	 * @param object  $method Shipping method.
	 * @return float
	 */
	private static function subtotal( WC_Cart $cart, $method ) {
		$total = (float) $cart->get_displayed_subtotal();
		if ( isset( $method->ignore_discounts ) && 'no' !== $method->ignore_discounts ) {
			return $total;
		}
		return $total - (float) $cart->get_discount_total() - ( $cart->display_prices_including_tax() ? (float) $cart->get_discount_tax() : 0.0 );
	}
}
