<?php
/**
 * Free shipping by codes of ours.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Codes\Code_Coupons;
use WC_Cart;

defined( 'ABSPATH' ) || exit;

/**
 * A code of ours opens the store's own way of free shipping. Where the goods cannot bear what the parcels would cost
 * otherwise we close it again, for all of them or for none.
 */
final class Code_Shipping {

	/** Mark of a package: up to which price the code may make it free. */
	const MARK = 'trellis_code_shipping';

	/**
	 * What the packages of this cart were marked with; empty without such a code.
	 *
	 * @var int[]
	 */
	private static $marks = array();

	/**
	 * Marks the packages of the shopper's cart.
	 *
	 * @param array $packages Packages.
	 * @return array
	 */
	public static function mark( array $packages ) {
		self::$marks = WC()->cart instanceof WC_Cart ? self::marks( WC()->cart, array_keys( $packages ) ) : array();
		foreach ( self::$marks as $at => $mark ) {
			$packages[ $at ][ self::MARK ] = $mark;
		}
		return $packages;
	}

	/**
	 * Whether the packages of a cart would be marked as they are.
	 *
	 * @param WC_Cart $cart   Cart.
	 * @param array   $places Packages.
	 * @return bool
	 */
	public static function stands( WC_Cart $cart, array $places ) {
		return self::marks( $cart, $places ) === self::$marks;
	}

	/**
	 * Up to which price each package may be free: what the goods bear, without what the other packages would cost the
	 * shopper at least.
	 *
	 * @param WC_Cart $cart   Cart.
	 * @param array   $places Packages.
	 * @return int[] By package; empty where no such code is in the cart.
	 */
	private static function marks( WC_Cart $cart, array $places ) {
		$most  = Code_Coupons::shipping_up_to( $cart );
		$least = null === $most ? array() : self::least();
		$marks = array();
		foreach ( null === $most ? array() : $places as $at ) {
			$marks[ $at ] = $most - array_sum( array_diff_key( $least, array( $at => true ) ) );
		}
		return $marks;
	}

	/**
	 * What each package would cost the shopper at least, as far as it was worked out.
	 *
	 * @return int[] Minor units, by package.
	 */
	private static function least() {
		return array_map( array( self::class, 'cheapest_minor' ), Shipping::known() );
	}

	/**
	 * What a package would cost the shopper at least.
	 *
	 * @param array $costs Cost by rate.
	 * @return int Minor units.
	 */
	private static function cheapest_minor( array $costs ) {
		return Cart_Reader::minor( Given_Shipping::cheapest( $costs ), Exchange::currency() );
	}

	/**
	 * What all packages would cost the shopper at least.
	 *
	 * @return int Minor units; 0 where nobody knows it yet.
	 */
	public static function least_minor() {
		return array_sum( self::least() );
	}

	/**
	 * Whether a code of ours is for shipping that the goods cannot bear, and nothing else makes it free.
	 *
	 * @param WC_Cart $cart Cart.
	 * @return bool
	 */
	public static function is_too_dear( WC_Cart $cart ) {
		$most = $cart->needs_shipping() ? Code_Coupons::shipping_up_to( $cart ) : null;
		if ( null === $most || self::least_minor() <= $most || null !== Shipping::goal() ) {
			return false;
		}
		foreach ( Shipping::known() as $rates ) {
			if ( ! preg_grep( '/^' . Given_Shipping::FREE . '(:|$)/', array_keys( $rates ) ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The rates of a package without those that a code of ours alone opened, where the goods cannot bear them.
	 *
	 * @param array   $rates   Rates.
	 * @param array   $package Package.
	 * @param float[] $costs   By rate.
	 * @return array
	 */
	public static function close( array $rates, array $package, array $costs ) {
		if ( ! isset( $package[ self::MARK ] ) || self::cheapest_minor( $costs ) <= $package[ self::MARK ] ) {
			return $rates;
		}
		foreach ( array_keys( $rates ) as $id ) {
			if ( Given_Shipping::is_opened_by_us( WC()->cart, (string) $id ) ) {
				unset( $rates[ $id ] );
			}
		}
		return $rates;
	}
}
