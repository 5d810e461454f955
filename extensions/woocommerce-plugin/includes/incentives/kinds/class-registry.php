<?php
/**
 * All kinds of offers. Twin of app/domains/incentives/kinds/registry.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

defined( 'ABSPATH' ) || exit;

/**
 * Kinds by name and by number.
 */
final class Registry {

	/** By number in the configuration, the place in the list. */
	const NAMES = array(
		'fixed',
		'mix-and-match',
		'build-a-box',
		'quantity-breaks',
		'buy-x-get-y',
		'gift',
		'cart-goals',
		'together-offer',
	);

	/**
	 * Kinds that were asked for.
	 *
	 * @var Kind[]
	 */
	private static $kinds = array();

	/**
	 * The kind with this number in a configuration.
	 *
	 * @param int $code Number.
	 * @return Kind|null
	 */
	public static function kind_of_code( $code ) {
		return isset( self::NAMES[ $code ] ) ? self::kind( self::NAMES[ $code ] ) : null;
	}

	/**
	 * The kind of an offer.
	 *
	 * @param array $offer Offer.
	 * @return Kind
	 */
	public static function kind_of( array $offer ) {
		return self::kind( $offer['kind'] );
	}

	/**
	 * A kind by its name, made once.
	 *
	 * @param string $name One of the names.
	 * @return Kind
	 */
	private static function kind( $name ) {
		if ( ! isset( self::$kinds[ $name ] ) ) {
			self::$kinds[ $name ] = self::make( $name );
		}
		return self::$kinds[ $name ];
	}

	/**
	 * A kind by its name.
	 *
	 * @param string $name One of the names.
	 * @return Kind
	 */
	private static function make( $name ) {
		switch ( $name ) {
			case 'build-a-box':
				return new Build_A_Box();
			case 'quantity-breaks':
				return new Quantity_Breaks();
			case 'gift':
				return new Gift();
			case 'cart-goals':
				return new Cart_Goals();
			case 'buy-x-get-y':
			case 'together-offer':
				return new Buy_X_Get_Y( $name );
			default:
				return new Set( $name );
		}
	}
}
