<?php
/**
 * WooCommerce's objects of a page's products.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * Making an object is most of what a product costs a page: the page's own product is asked for once, and simple ones
 * beside it are read field by field where that is known to be the same.
 */
final class Product_Objects {

	/** From this version of WooCommerce on nobody has looked whether it reads products as `Listed_Product` does. */
	const UNKNOWN_FROM = '12';

	/** Where another plugin looks into how products are made they are made as ever. */
	const MAKING = array( 'woocommerce_product_read', 'woocommerce_product_class', 'woocommerce_product_type_query', 'get_the_terms' );

	/**
	 * The page's own product.
	 *
	 * @var \WC_Product|null
	 */
	private static $current = null;

	/**
	 * Types by product.
	 *
	 * @var string[]
	 */
	private static $types = array();

	/**
	 * Reads the types of products, with one question for all of them.
	 *
	 * @param int[] $ids Products.
	 */
	private static function read_types( array $ids ) {
		global $wpdb;
		$rows = $wpdb->get_results( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WordPress asks for the terms of every taxonomy together.
			$wpdb->prepare(
				sprintf(
					"SELECT r.object_id, t.name FROM {$wpdb->term_relationships} r JOIN {$wpdb->term_taxonomy} x ON x.term_taxonomy_id = r.term_taxonomy_id AND x.taxonomy = 'product_type' JOIN {$wpdb->terms} t ON t.term_id = x.term_id WHERE r.object_id IN ( %s ) ORDER BY t.name DESC",
					implode( ', ', array_fill( 0, count( $ids ), '%d' ) )
				),
				$ids
			)
		);
		// As WooCommerce does: the first by name counts, and a product without a type is a simple one.
		self::$types = array_fill_keys( $ids, 'simple' ) + self::$types;
		foreach ( $rows as $row ) {
			self::$types[ (int) $row->object_id ] = 'simple' === $row->name ? 'simple' : sanitize_title( $row->name );
		}
	}

	/**
	 * Whether simple products are read field by field, once it was asked.
	 *
	 * @var bool|null
	 */
	private static $by_field = null;

	/**
	 * Forgets what was read.
	 */
	public static function clear() {
		self::$current  = null;
		self::$types    = array();
		self::$by_field = null;
	}

	/**
	 * Reads products into WordPress' caches. WordPress would read the terms of all taxonomies; of a product that is read
	 * field by field the type is enough.
	 *
	 * @param int[] $ids    Products.
	 * @param int[] $beside Other posts that are read together with them.
	 */
	public static function prime( array $ids, array $beside ) {
		$all = array_merge( $ids, $beside );
		if ( wp_using_ext_object_cache() || ! self::by_field() ) {
			_prime_post_caches( $all );
			return;
		}
		_prime_post_caches( $all, false );
		self::read_types( $ids );
		$others = array();
		foreach ( $ids as $id ) {
			if ( 'simple' !== self::$types[ $id ] ) {
				$others[] = $id;
			}
		}
		if ( $others ) {
			_prime_post_caches( $others );
		}
	}

	/**
	 * The object of a product whose post is known to be there; null where WooCommerce makes none.
	 *
	 * @param int $id Product.
	 * @return \WC_Product|null
	 */
	public static function of( $id ) {
		$own = self::current();
		if ( $own && $own->get_id() === $id ) {
			return $own;
		}
		$product = 'simple' === self::type( $id ) && self::by_field() ? new Listed_Product( $id ) : wc_get_product( $id );
		return $product ? $product : null;
	}

	/**
	 * The product whose page this is, one object for all of its blocks; null on other pages.
	 *
	 * @return \WC_Product|null
	 */
	public static function current() {
		$id = is_product() ? (int) get_queried_object_id() : 0;
		if ( ! self::$current || self::$current->get_id() !== $id ) {
			$product       = $id > 0 ? wc_get_product( $id ) : null;
			self::$current = $product ? $product : null;
		}
		return self::$current;
	}

	/**
	 * A product's type as WooCommerce tells it, by the terms that were read with it and without WooCommerce's factory.
	 *
	 * @param int $id Product.
	 * @return string `simple`, `variable` or another one.
	 */
	public static function type( $id ) {
		if ( ! isset( self::$types[ $id ] ) ) {
			$types = get_the_terms( $id, 'product_type' );
			$first = is_array( $types ) ? reset( $types ) : false;

			self::$types[ $id ] = $first ? sanitize_title( $first->name ) : ( is_wp_error( $types ) ? '' : 'simple' );
		}
		return self::$types[ $id ];
	}

	/**
	 * Whether simple products are read field by field.
	 */
	private static function by_field() {
		if ( null === self::$by_field ) {
			self::$by_field = defined( 'WC_VERSION' ) && version_compare( WC_VERSION, self::UNKNOWN_FROM, '<' )
				&& array() === array_filter( self::MAKING, 'has_filter' )
				&& 'WC_Product_Data_Store_CPT' === \WC_Data_Store::load( 'product-simple' )->get_current_class_name();
		}
		return self::$by_field;
	}
}
