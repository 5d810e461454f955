<?php
/**
 * What the widgets of a page are made from.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

use Trellis\WooCommerce\Pricing\Exchange;

defined( 'ABSPATH' ) || exit;

/**
 * Gathers Liquid's names for a page of the store. Nothing is read from the database before a template asks for it.
 */
final class Page_Context {

	/**
	 * Argument and value of the address that takes the widgets' forms, see the plugin's own cart address.
	 */
	const CART_ADD_QUERY = array( 'trellis' => 'add' );

	/**
	 * Blocks of this request that were not given an id.
	 *
	 * @var int
	 */
	private static $unnamed = 0;

	/**
	 * What no block of this request sees otherwise than the one before, by currency and language. See `clear`.
	 *
	 * @var array
	 */
	private static $shared = array();

	/**
	 * Products of blocks as their pages show them, by id: the blocks beside a product work its values out once.
	 *
	 * @var Product_Drop[]
	 */
	private static $own = array();

	/**
	 * Forgets what blocks share, for a request that changes products or settings midway.
	 */
	public static function clear() {
		self::$shared = array();
		self::$own    = array();
	}

	/**
	 * For a block that belongs to a product.
	 *
	 * @param \WC_Product $product  The product of the page.
	 * @param array       $settings Chosen settings of the block by id.
	 * @param string      $block_id Id that is used once on the page; '' = one is counted up.
	 * @return array
	 */
	public static function for_product( \WC_Product $product, array $settings = array(), $block_id = '' ) {
		$id = $product->is_type( 'variation' ) ? $product->get_parent_id() : $product->get_id();
		if ( ! isset( self::$own[ $id ] ) ) {
			$drop = Shelf::own( $id );
			$mine = is_product() && get_queried_object_id() === $id;

			self::$own[ $id ] = $mine ? $drop->with_choice( self::choice( $product ) ) : $drop;
		}
		return self::gather( self::$own[ $id ], $settings, $block_id );
	}

	/**
	 * For a block of any page.
	 *
	 * @param array  $settings Chosen settings of the block by id.
	 * @param string $block_id Id that is used once on the page; '' = one is counted up.
	 * @return array
	 */
	public static function for_page( array $settings = array(), $block_id = '' ) {
		$product = Product_Objects::current();
		return $product ? self::for_product( $product, $settings, $block_id ) : self::gather( null, $settings, $block_id );
	}

	/**
	 * Everything that `Renderer` needs.
	 *
	 * @param Product_Drop|null $product  The product of the page.
	 * @param array             $settings Chosen settings.
	 * @param string            $block_id Id of the block.
	 * @return array
	 */
	private static function gather( ?Product_Drop $product, array $settings, $block_id ) {
		$own    = self::chosen_product( isset( $settings['product'] ) ? $settings['product'] : null );
		$shared = self::shared();
		return array(
			'globals' => array(
				'product'  => $product,
				'template' => is_cart() ? 'cart' : ( is_product() ? 'product' : 'page' ),
				'customer' => Customer_Drop::current(),
				'cart'     => new Cart_Drop( is_cart() && WC()->cart ? WC()->cart : null ),
				'routes'   => self::routes( $shared['routes'] ),
				'app'      => array( 'metafields' => array( '$app' => Shelf::shop() ) ),
			) + $shared['globals'],
			'block'   => array(
				'id'       => '' === $block_id ? 'trellis-' . ( ++self::$unnamed ) : sanitize_html_class( $block_id, 'trellis' ),
				'settings' => array( 'product' => $own ) + $settings,
			),
			'assets'  => $shared['assets'],
			'version' => TRELLIS_WOOCOMMERCE_VERSION,
		);
	}

	/**
	 * What every block of a page sees: the store, the language and its addresses.
	 *
	 * @return array{globals: array, routes: string[], assets: string}
	 */
	private static function shared() {
		$currency = Exchange::currency();
		$locale   = determine_locale();
		$kept     = get_current_blog_id() . ' ' . $currency . ' ' . $locale;
		if ( ! isset( self::$shared[ $kept ] ) ) {
			$home = home_url( '/' );

			self::$shared[ $kept ] = array(
				'globals' => array(
					'shop'    => array(
						'name'         => get_bloginfo( 'name' ),
						'currency'     => $currency,
						'money_format' => self::money_format( $currency ),
					),
					'request' => array( 'locale' => array( 'iso_code' => strtolower( substr( $locale, 0, 2 ) ) ) ),
				),
				'routes'  => array(
					'root_url'        => esc_url_raw( (string) wp_parse_url( $home, PHP_URL_PATH ) ),
					'cart_url'        => esc_url( wc_get_cart_url() ),
					'cart_add_url'    => esc_url( add_query_arg( self::CART_ADD_QUERY, $home ) ),
					'trellis_rewards' => esc_url( add_query_arg( 'trellis_page', 'rewards', $home ) ),
				),
				'assets'  => esc_url_raw( plugins_url( 'assets', TRELLIS_WOOCOMMERCE_FILE ) ),
			);
		}
		return self::$shared[ $kept ];
	}

	/**
	 * The product that a merchant chose for a block; null for none.
	 *
	 * @param mixed $value Product, its id or its slug.
	 * @return Product_Drop|null
	 */
	private static function chosen_product( $value ) {
		if ( $value instanceof \WC_Product ) {
			return Shelf::drop( $value->get_id() );
		}
		if ( is_numeric( $value ) ) {
			return (int) $value > 0 ? Shelf::drop( (int) $value ) : null;
		}
		$post = is_string( $value ) && '' !== $value ? get_page_by_path( sanitize_title( $value ), OBJECT, 'product' ) : null;
		return $post ? Shelf::drop( $post->ID ) : null;
	}

	/**
	 * What the address of a product's page says of its attributes, as WooCommerce's own form reads it.
	 *
	 * @param \WC_Product $product The product.
	 * @return string[]
	 */
	private static function choice( \WC_Product $product ) {
		$choice = array();
		foreach ( $product->is_type( 'variable' ) ? array_keys( $product->get_default_attributes() + $product->get_variation_attributes() ) : array() as $name ) {
			$attribute = sanitize_title( $name );
			// A list given instead of a text becomes ''. The choice is shown to whoever has the address and changes nothing.
			$choice[ $attribute ] = isset( $_REQUEST[ 'attribute_' . $attribute ] ) ? sanitize_text_field( wp_unslash( $_REQUEST[ 'attribute_' . $attribute ] ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification -- It only reads.
		}
		return array_filter( $choice, 'strlen' );
	}

	/**
	 * Addresses, ready for attributes.
	 *
	 * @param string[] $routes Those of this plugin.
	 * @return string[]
	 */
	private static function routes( array $routes ) {
		/**
		 * Filters the addresses that the widgets lead to.
		 *
		 * @since 0.1.0
		 * @param string[] $routes `root_url`, `cart_url`, `cart_add_url` and `trellis_rewards`.
		 */
		return (array) apply_filters( 'trellis_routes', $routes );
	}

	/**
	 * The pattern that writes amounts as WooCommerce's settings say.
	 *
	 * @param string $currency What amounts are in, ISO 4217.
	 * @return string
	 */
	private static function money_format( $currency ) {
		// The filter of a plugin that shows another currency answers with that one's symbol, whichever is asked for.
		$symbol   = Product_Drop::plain( get_woocommerce_currency() === $currency ? get_woocommerce_currency_symbol() : self::symbol( $currency ) );
		$position = (string) get_option( 'woocommerce_currency_pos', 'left' );
		$space    = '_space' === substr( $position, -6 ) ? "\u{A0}" : '';
		$before   = 0 === strpos( $position, 'right' ) ? '' : $symbol . $space;
		$after    = '' === $before ? $space . $symbol : '';
		return Money_Format::pattern( $before, $after, wc_get_price_decimals(), wc_get_price_thousand_separator(), wc_get_price_decimal_separator() );
	}

	/**
	 * A currency's symbol as WooCommerce knows it.
	 *
	 * @param string $currency ISO 4217.
	 * @return string
	 */
	private static function symbol( $currency ) {
		$known = get_woocommerce_currency_symbols();
		return isset( $known[ $currency ] ) ? (string) $known[ $currency ] : $currency;
	}
}
