<?php
/**
 * Free shipping.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use WC_Cart;
use WC_Shipping_Rate;

defined( 'ABSPATH' ) || exit;

/**
 * Where a goal makes shipping free, every rate costs nothing, as on any other surface of an offer.
 */
final class Shipping {

	/** Mark of a package, so that WooCommerce does not take rates from memory that were made without it. */
	const MARK = 'trellis_free_shipping';

	/** Which package of the cart one is, because rates are not told. */
	const PLACE = 'trellis_package';

	/** Session: what each rate of each package costs without us. */
	const COSTS = 'trellis_shipping';

	/**
	 * True while a cart is calculated once more.
	 *
	 * @var bool
	 */
	private static $again = false;

	/**
	 * What the cart's shipping costs where we do not make it free, as far as it was worked out: that comes after the
	 * discounts, so that it is what the shopper saw last. With tax where the store's prices include it.
	 *
	 * @param WC_Cart $cart Cart.
	 * @return float 0 where nobody knows it yet.
	 */
	public static function cost( WC_Cart $cart ) {
		$session = function_exists( 'WC' ) ? WC()->session : null;
		$costs   = $session ? $session->get( self::COSTS ) : null;
		if ( ! is_array( $costs ) || ! $costs || ! $cart->needs_shipping() ) {
			return 0.0;
		}
		$chosen = $session->get( 'chosen_shipping_methods' );
		$sum    = 0.0;
		foreach ( $costs as $at => $rates ) {
			if ( is_array( $rates ) && $rates ) {
				$rate = is_array( $chosen ) && isset( $chosen[ $at ], $rates[ $chosen[ $at ] ] ) ? $chosen[ $at ] : array_key_first( $rates );
				$sum += (float) $rates[ $rate ];
			}
		}
		return $sum;
	}

	/**
	 * Calculates a cart once more where its shipping, known only after the discounts, changes which of them stand: a small
	 * code must not take the place of a dearer parcel.
	 *
	 * @param mixed $cart Cart.
	 */
	public static function look_again( $cart ) {
		if ( self::$again || ! $cart instanceof WC_Cart || WC()->cart !== $cart ) {
			return;
		}
		// Without a code of the shopper there is nothing to choose between.
		if ( array_filter( $cart->get_applied_coupons(), array( Earned::class, 'is_own' ) ) === $cart->get_applied_coupons() ) {
			return;
		}
		$before = Earned::now();
		$now    = Earned::by( $cart );
		if ( $now->offers === $before->offers && $now->rejected === $before->rejected ) {
			return;
		}
		self::$again = true;
		try {
			$cart->calculate_totals();
		} finally {
			self::$again = false;
		}
	}

	/**
	 * The goal that makes the shipping of the cart free.
	 *
	 * @return string|null Its id.
	 */
	public static function goal() {
		foreach ( Earned::now()->offers as $offer ) {
			if ( $offer['shipping'] ) {
				return $offer['offer'];
			}
		}
		return null;
	}

	/**
	 * Marks the packages of a cart.
	 *
	 * @param mixed $packages Packages.
	 * @return mixed
	 */
	public static function mark( $packages ) {
		if ( ! is_array( $packages ) || ! Published::configs() ) {
			return $packages;
		}
		$goal = self::goal();
		foreach ( array_keys( $packages ) as $at ) {
			$packages[ $at ][ self::PLACE ] = (string) $at;
			if ( null !== $goal ) {
				$packages[ $at ][ self::MARK ] = $goal;
			}
		}
		$costs = WC()->session ? WC()->session->get( self::COSTS ) : null;
		if ( is_array( $costs ) && array_diff_key( $costs, $packages ) ) {
			WC()->session->set( self::COSTS, array_intersect_key( $costs, $packages ) );
		}
		return $packages;
	}

	/**
	 * Remembers what the rates of a package cost, and makes them free where it is marked.
	 *
	 * @param mixed $rates   Rates.
	 * @param mixed $package Package.
	 * @return mixed
	 */
	public static function make_free( $rates, $package ) {
		if ( ! is_array( $rates ) || ! isset( $package[ self::PLACE ] ) ) {
			return $rates;
		}
		self::remember( $package[ self::PLACE ], $rates );
		if ( empty( $package[ self::MARK ] ) ) {
			return $rates;
		}
		foreach ( $rates as $rate ) {
			if ( $rate instanceof WC_Shipping_Rate ) {
				$rate->set_cost( 0 );
				$rate->set_taxes( array_fill_keys( array_keys( $rate->get_taxes() ), 0 ) );
			}
		}
		return $rates;
	}

	/**
	 * Keeps what the rates of a package cost.
	 *
	 * @param string $place Which package.
	 * @param array  $rates Rates.
	 */
	private static function remember( $place, array $rates ) {
		if ( ! WC()->session ) {
			return;
		}
		$with_tax = wc_prices_include_tax();
		$of       = array();
		foreach ( $rates as $id => $rate ) {
			if ( $rate instanceof WC_Shipping_Rate ) {
				$of[ $id ] = (float) $rate->get_cost() + ( $with_tax ? (float) array_sum( (array) $rate->get_taxes() ) : 0.0 );
			}
		}
		$costs = WC()->session->get( self::COSTS );
		$costs = is_array( $costs ) ? $costs : array();

		$costs[ $place ] = $of;
		WC()->session->set( self::COSTS, $costs );
	}
}
