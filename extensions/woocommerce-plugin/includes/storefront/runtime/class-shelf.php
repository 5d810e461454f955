<?php
/**
 * The products of a page.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * Lists name products by id; most of them are never looked at, because a block shows a few. The shelf reads those that
 * are looked at from the database in one go together with those that come next, so that a page asks a few questions
 * however many products its lists name.
 */
final class Shelf {

	/**
	 * Products that are read at a time: what a widget and an offer show together. Each one more costs its whole row of
	 * fields, its picture and its variations even where nobody looks at it.
	 */
	const AT_ONCE = 8;

	/**
	 * Drops by id.
	 *
	 * @var Product_Drop[]
	 */
	private static $drops = array();

	/**
	 * Ids that lists named and nobody looked at yet, as keys.
	 *
	 * @var array
	 */
	private static $waiting = array();

	/**
	 * Ids of visible variations by product.
	 *
	 * @var array
	 */
	private static $variations = array();

	/**
	 * Ids of other posts that the page is going to read, as keys: they come with the next products.
	 *
	 * @var array
	 */
	private static $beside = array();

	/**
	 * What was published, by product.
	 *
	 * @var Product_Metafields[]
	 */
	private static $published = array();

	/**
	 * What was published for the whole store.
	 *
	 * @var Shop_Metafields|null
	 */
	private static $shop = null;

	/**
	 * Forgets what was read, for a request that changes products or language midway.
	 */
	public static function clear() {
		self::$drops      = array();
		self::$waiting    = array();
		self::$variations = array();
		self::$beside     = array();
		self::$published  = array();
		self::$shop       = null;
		Product_Objects::clear();
		Page_Context::clear();
	}

	/**
	 * What was published for the whole store, read once for all blocks.
	 *
	 * @return Shop_Metafields
	 */
	public static function shop() {
		if ( null === self::$shop ) {
			self::$shop = new Shop_Metafields();
		}
		return self::$shop;
	}

	/**
	 * The drop of a product.
	 *
	 * @param int $id Product.
	 * @return Product_Drop
	 */
	public static function drop( $id ) {
		if ( ! isset( self::$drops[ $id ] ) ) {
			self::$drops[ $id ]   = new Product_Drop( $id );
			self::$waiting[ $id ] = true;
		}
		return self::$drops[ $id ];
	}

	/**
	 * Another post that this page reads later, one question less where products are read before it.
	 *
	 * @param int $id Post; 0 for none.
	 */
	public static function read_beside( $id ) {
		if ( $id > 0 ) {
			self::$beside[ $id ] = true;
		}
	}

	/**
	 * What was published for a product.
	 *
	 * @param int $id Product.
	 * @return Product_Metafields
	 */
	public static function published( $id ) {
		if ( ! isset( self::$published[ $id ] ) ) {
			self::$published[ $id ] = new Product_Metafields( $id );
		}
		return self::$published[ $id ];
	}

	/**
	 * The drop of a page's own product. What was published for it is read together with it, for all of its blocks.
	 *
	 * @param int $id Product.
	 * @return Product_Drop
	 */
	public static function own( $id ) {
		$drop = self::drop( $id );
		self::published( $id )->get( 'together' );
		self::published( $id )->get( 'bundle_products' );
		return $drop;
	}

	/**
	 * A product that shoppers may see; null for anything else.
	 *
	 * @param int $id Product.
	 * @return \WC_Product|null
	 */
	public static function product( $id ) {
		self::prime( $id );
		$post = get_post( $id );
		if ( ! $post || 'product' !== $post->post_type || 'publish' !== $post->post_status || '' !== $post->post_password ) {
			return null;
		}
		return Product_Objects::of( $id );
	}

	/**
	 * True for a product that WooCommerce has put down as sold out, which is told without making an object of it.
	 *
	 * @param int $id Product.
	 * @return bool
	 */
	public static function is_sold_out( $id ) {
		self::prime( $id );
		// Where another plugin says what is in stock only the object knows.
		return ! has_filter( 'woocommerce_product_is_in_stock' ) && 'outofstock' === get_post_meta( $id, '_stock_status', true );
	}

	/**
	 * Ids of a product's variations that can be seen, in the merchant's order.
	 *
	 * @param int $id Product.
	 * @return int[]
	 */
	public static function variations( $id ) {
		self::prime( $id );
		if ( ! isset( self::$variations[ $id ] ) ) {
			self::read_variations( array( $id ) );
		}
		return self::$variations[ $id ];
	}

	/**
	 * Reads a product and those that wait behind it into WordPress' caches.
	 *
	 * @param int $id Product.
	 */
	private static function prime( $id ) {
		if ( ! isset( self::$waiting[ $id ] ) ) {
			return;
		}
		$ids = array( $id );
		foreach ( self::$waiting as $other => $waits ) {
			if ( count( $ids ) >= self::AT_ONCE ) {
				break;
			}
			if ( $other !== $id ) {
				$ids[] = $other;
			}
		}
		self::$waiting = array_diff_key( self::$waiting, array_flip( $ids ) );
		Product_Objects::prime( $ids, array_keys( self::$beside ) );
		self::$beside = array();
		$pictures     = array();
		$variable     = array();
		foreach ( $ids as $known ) {
			$pictures[] = (int) get_post_meta( $known, '_thumbnail_id', true );
			if ( 'variable' === Product_Objects::type( $known ) ) {
				$variable[] = $known;
			}
		}
		self::prime_transients( $variable );
		$others = array_unique( array_filter( array_merge( $pictures, self::read_variations( $variable ) ) ) );
		if ( $others ) {
			_prime_post_caches( $others );
		}
	}

	/**
	 * Reads what WooCommerce remembers of products with variations: it asks for these options one product at a time.
	 *
	 * @param int[] $ids Products.
	 */
	private static function prime_transients( array $ids ) {
		$names = array();
		foreach ( wp_using_ext_object_cache() ? array() : $ids as $id ) {
			foreach ( array( 'wc_var_prices_', 'wc_product_children_' ) as $name ) {
				$names[] = '_transient_' . $name . $id;
				$names[] = '_transient_timeout_' . $name . $id;
			}
		}
		if ( $names ) {
			wp_prime_option_caches( $names );
		}
	}

	/**
	 * Reads the ids of products' variations, with one question for all products.
	 *
	 * @param int[] $parents Products.
	 * @return int[] The variations' ids.
	 */
	private static function read_variations( array $parents ) {
		global $wpdb;
		if ( ! $parents ) {
			return array();
		}
		self::$variations = array_fill_keys( $parents, array() ) + self::$variations;
		$rows             = $wpdb->get_results( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WooCommerce asks once for each product; this asks once for all.
			$wpdb->prepare(
				sprintf(
					"SELECT ID, post_parent FROM {$wpdb->posts} WHERE post_type = 'product_variation' AND post_status = 'publish' AND post_parent IN ( %s ) ORDER BY menu_order, ID",
					implode( ', ', array_fill( 0, count( $parents ), '%d' ) )
				),
				$parents
			)
		);
		foreach ( $rows as $row ) {
			self::$variations[ (int) $row->post_parent ][] = (int) $row->ID;
		}
		return array_map( 'intval', wp_list_pluck( $rows, 'ID' ) );
	}
}
