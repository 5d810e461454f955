<?php
/**
 * Free shipping.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Codes\Code_Coupons;
use WC_Cart;
use WC_Shipping_Rate;

defined( 'ABSPATH' ) || exit;

/**
 * Where a goal makes shipping free, every rate costs nothing that the goods' margin bears, as on any other surface of an
 * offer; of codes see `Code_Shipping`. Parcels are sent together: each rate is looked at beside what was chosen for the
 * other packages, so that all of them are free or none is, and what the rules count is what is taken off.
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
	 * What the packages of this cart were marked with.
	 *
	 * @var int[]
	 */
	private static $marks = array();

	/**
	 * What the cart's shipping costs where we do not make it free, as far as it was worked out: that comes after the
	 * discounts, so that it is what the shopper saw last. With tax where the store's prices include it.
	 *
	 * @param WC_Cart $cart Cart.
	 * @return int Minor units; 0 where nobody knows it yet.
	 */
	public static function cost_minor( WC_Cart $cart ) {
		$chosen = self::chosen();
		return $chosen && $cart->needs_shipping() ? array_sum( $chosen ) : 0;
	}

	/**
	 * What the way that is chosen for each package costs without us, the first one where none is.
	 *
	 * @return int[] Minor units, by package; without those of which nobody knows it yet.
	 */
	private static function chosen() {
		$session = function_exists( 'WC' ) ? WC()->session : null;
		$chosen  = $session ? $session->get( 'chosen_shipping_methods' ) : null;
		$minor   = array();
		foreach ( self::known() as $at => $rates ) {
			if ( $rates ) {
				$rate         = is_array( $chosen ) && isset( $chosen[ $at ], $rates[ $chosen[ $at ] ] ) ? $chosen[ $at ] : array_key_first( $rates );
				$minor[ $at ] = Cart_Reader::minor( $rates[ $rate ], Exchange::currency() );
			}
		}
		return $minor;
	}

	/**
	 * Calculates a cart once more where its shipping, known only after the discounts, changes which of them stand, or which
	 * packages are free: a small code must not take the place of a dearer parcel.
	 *
	 * @param mixed $cart Cart.
	 */
	public static function look_again( $cart ) {
		if ( self::$again || ! $cart instanceof WC_Cart || WC()->cart !== $cart ) {
			return;
		}
		// Without a code of the shopper there is nothing to choose between, and what is not free cannot be too dear.
		if ( Earned::now()->free_up_to < 0 && array_filter( $cart->get_applied_coupons(), array( Earned::class, 'is_own' ) ) === $cart->get_applied_coupons() ) {
			return;
		}
		$before = Earned::now();
		$now    = Earned::by( $cart );
		if ( $now->offers === $before->offers && $now->rejected === $before->rejected && self::marks( $now->free_up_to, array_keys( self::$marks ) ) === self::$marks && Code_Shipping::stands( $cart, array_keys( self::$marks ) ) ) {
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
		// Codes of ours make shipping free without any offer of ours.
		if ( ! is_array( $packages ) || ( ! Published::configs() && false === get_option( Code_Coupons::GUARD ) ) ) {
			return $packages;
		}
		$costs = WC()->session ? WC()->session->get( self::COSTS ) : null;
		if ( is_array( $costs ) && array_diff_key( $costs, $packages ) ) {
			WC()->session->set( self::COSTS, array_intersect_key( $costs, $packages ) );
		}
		$free        = Earned::now()->free_up_to;
		self::$marks = self::marks( $free, array_keys( $packages ) );
		foreach ( self::$marks as $at => $mark ) {
			$packages[ $at ][ self::PLACE ] = (string) $at;
			if ( $free >= 0 ) {
				$packages[ $at ][ self::MARK ] = $mark;
			}
		}
		return Code_Shipping::mark( $packages );
	}

	/**
	 * Up to which price each package may be free: what the margin bears, without what the others cost.
	 *
	 * @param int   $free   Minor units; negative = nothing is free.
	 * @param array $places Packages.
	 * @return int[] By package.
	 */
	private static function marks( $free, array $places ) {
		$marks  = array();
		$chosen = $free >= 0 ? self::chosen() : array();
		foreach ( $places as $at ) {
			$marks[ $at ] = $free >= 0 ? $free - array_sum( array_diff_key( $chosen, array( $at => true ) ) ) : -1;
		}
		return $marks;
	}

	/**
	 * What each rate of each package costs without us, as far as it was worked out.
	 *
	 * @return array[] Cost by rate, by package.
	 */
	public static function known() {
		$session = function_exists( 'WC' ) ? WC()->session : null;
		$costs   = $session ? $session->get( self::COSTS ) : null;
		return array_filter( is_array( $costs ) ? $costs : array(), 'is_array' );
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
		$costs = self::costs( $rates );
		$rates = Code_Shipping::close( $rates, $package, $costs );
		$costs = array_intersect_key( $costs, $rates );
		self::remember( $package[ self::PLACE ], $costs );
		if ( ! isset( $package[ self::MARK ] ) ) {
			return $rates;
		}
		foreach ( $rates as $id => $rate ) {
			if ( isset( $costs[ $id ] ) && Cart_Reader::minor( $costs[ $id ], Exchange::currency() ) <= $package[ self::MARK ] ) {
				$rate->set_cost( 0 );
				$rate->set_taxes( array_fill_keys( array_keys( $rate->get_taxes() ), 0 ) );
			}
		}
		return $rates;
	}

	/**
	 * What the rates of a package cost, with tax where the store's prices include it.
	 *
	 * @param array $rates Rates.
	 * @return float[] By rate.
	 */
	private static function costs( array $rates ) {
		$with_tax = wc_prices_include_tax();
		$costs    = array();
		foreach ( $rates as $id => $rate ) {
			if ( $rate instanceof WC_Shipping_Rate ) {
				$costs[ $id ] = (float) $rate->get_cost() + ( $with_tax ? (float) array_sum( (array) $rate->get_taxes() ) : 0.0 );
			}
		}
		return $costs;
	}

	/**
	 * Keeps what the rates of a package cost.
	 *
	 * @param string  $place Which package.
	 * @param float[] $costs By rate.
	 */
	private static function remember( $place, array $costs ) {
		if ( ! WC()->session ) {
			return;
		}
		$known = WC()->session->get( self::COSTS );
		$known = is_array( $known ) ? $known : array();

		$known[ $place ] = $costs;
		WC()->session->set( self::COSTS, $known );
	}
}
