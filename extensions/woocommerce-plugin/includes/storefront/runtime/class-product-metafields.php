<?php
/**
 * What was published for one product.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

use Trellis\WooCommerce\Storefront\Access;

defined( 'ABSPATH' ) || exit;

/**
 * Post meta under the names of Shopify's metafields: `together`, `similar`, `again`, `access`, `bundles`
 * and `bundle_products`, each with a `value`.
 */
final class Product_Metafields extends Drop {

	/**
	 * A list of references holds this many at most, as on Shopify.
	 */
	const MOST = 128;

	/**
	 * The product's id.
	 *
	 * @var int
	 */
	private $id;

	/**
	 * What was published for a product.
	 *
	 * @param int $id Product.
	 */
	public function __construct( $id ) {
		$this->id = $id;
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Metafield.
	 * @return array|null
	 */
	protected function read( $name ) {
		switch ( $name ) {
			case 'together':
			case 'similar':
				return array( 'value' => new Product_List( array_slice( $this->published( $name ), 0, self::MOST ) ) );
			case 'access':
				return array( 'value' => Access::of( $this->id ) );
			case 'again':
				return array( 'value' => Json::decode( get_post_meta( $this->id, '_trellis_again', true ) ) );
			case 'bundles':
				return array( 'value' => Offer_Money::in_currency( $this->published( 'bundles' ) ) );
			case 'bundle_products':
				return array( 'value' => new Product_List( array_slice( self::products_of( Values::get( $this->get( 'bundles' ), 'value' ) ), 0, self::MOST ) ) );
		}
		return null;
	}

	/**
	 * Ids of all products that offers name.
	 *
	 * @param array $offers Published offers.
	 * @return array
	 */
	public static function products_of( array $offers ) {
		$ids = array();
		foreach ( $offers as $offer ) {
			$ids[] = Values::get( Values::get( $offer, 'sold' ), 'productId' );
			foreach ( Values::items( Values::get( $offer, 'items' ) ) as $item ) {
				$ids[] = Values::get( $item, 'productId' );
			}
		}
		return $ids;
	}

	/**
	 * A list as it was published; an empty one for anything that is no list.
	 *
	 * @param string $name Metafield.
	 * @return array
	 */
	private function published( $name ) {
		$list = Json::decode( get_post_meta( $this->id, '_trellis_' . $name, true ) );
		return is_array( $list ) ? $list : array();
	}
}
