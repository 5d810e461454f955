<?php
/**
 * What was published for the whole store.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * The option `trellis_storefront` under the names of Shopify's metafields: `storefront`, `popular`, `goals`,
 * `goal_products`, `earn` and `programme`, each with a `value`.
 */
final class Shop_Metafields extends Drop {

	const OPTION = 'trellis_storefront';

	/**
	 * Works a value out.
	 *
	 * @param string $name Metafield.
	 * @return array|null
	 */
	protected function read( $name ) {
		switch ( $name ) {
			case 'stored':
				return get_option( self::OPTION, null );
			case 'published':
				return self::published( $this->get( 'stored' ) );
			case 'storefront':
				return array( 'value' => $this->get( 'published' ) );
			case 'popular':
				return array( 'value' => new Product_List( Values::listed( Values::items( Values::get( $this->get( 'published' ), 'popular' ) ) ) ) );
			case 'goals':
				return array( 'value' => Offer_Money::in_currency( Values::listed( Values::items( Values::get( $this->get( 'published' ), 'goals' ) ) ) ) );
			case 'earn':
				return array( 'value' => Values::get( $this->get( 'published' ), 'earn' ) );
			case 'programme':
				return array( 'value' => Values::get( $this->get( 'published' ), 'programme' ) );
			case 'goal_products':
				return array( 'value' => new Product_List( Product_Metafields::products_of( Values::get( $this->get( 'goals' ), 'value' ) ) ) );
		}
		return null;
	}

	/**
	 * Everything as it was published; null before anything was.
	 *
	 * @param mixed $stored The option.
	 * @return object|array|null
	 */
	private static function published( $stored ) {
		$value = is_string( $stored ) ? Json::decode( $stored ) : $stored;
		return is_object( $value ) || is_array( $value ) ? $value : null;
	}
}
