<?php
/**
 * Free shipping.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use WC_Shipping_Rate;

defined( 'ABSPATH' ) || exit;

/**
 * Where a goal makes shipping free, every rate costs nothing, as on any other surface of an offer.
 */
final class Shipping {

	/** Mark of a package, so that WooCommerce does not take rates from memory that were made without it. */
	const MARK = 'trellis_free_shipping';

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
		$goal = is_array( $packages ) ? self::goal() : null;
		if ( null !== $goal ) {
			foreach ( array_keys( $packages ) as $at ) {
				$packages[ $at ][ self::MARK ] = $goal;
			}
		}
		return $packages;
	}

	/**
	 * Makes the rates of a marked package free.
	 *
	 * @param mixed $rates   Rates.
	 * @param mixed $package Package.
	 * @return mixed
	 */
	public static function make_free( $rates, $package ) {
		if ( ! is_array( $rates ) || empty( $package[ self::MARK ] ) ) {
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
}
