<?php
/**
 * A page for each bundle.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Connection\Pause;
use Trellis\WooCommerce\Pricing\Exchange;

defined( 'ABSPATH' ) || exit;

/**
 * `/trellis/bundle/<name>`, or `?trellis_bundle=<name>` and `?trellis_bundle=items:1,2,3`: the app writes the content, the
 * store's theme stands around it.
 */
final class Bundle_Page {

	/** Seconds that a page is kept. */
	const KEPT = 60;

	/**
	 * Content of the page that is asked for; null on other pages.
	 *
	 * @var array|null
	 */
	private static $page = null;

	/**
	 * True on a bundle's page.
	 */
	public static function is_current() {
		return null !== self::$page;
	}

	/**
	 * Fetches the content and says how it went before anything is printed.
	 *
	 * @param string $name Name of a bundle, or `items:` with products.
	 */
	public static function prepare( $name ) {
		$page   = self::fetch( $name );
		$status = is_wp_error( $page ) ? self::status_of( $page ) : ( isset( $page['status'] ) ? (int) $page['status'] : 200 );
		if ( is_array( $page ) && isset( $page['redirect'] ) && is_string( $page['redirect'] ) ) {
			wp_safe_redirect( $page['redirect'], 302, 'Trellis' );
			exit;
		}
		if ( is_wp_error( $page ) && 404 === $status ) {
			$GLOBALS['wp_query']->set_404();
			status_header( 404 );
			nocache_headers();
			return;
		}
		self::show( $page, $status );
	}

	/**
	 * Puts content of the app into the store's theme.
	 *
	 * @param array|\WP_Error $page   Title and HTML.
	 * @param int             $status How the app answered.
	 */
	public static function show( $page, $status ) {
		if ( ! is_array( $page ) || ! isset( $page['html'] ) || ! is_string( $page['html'] ) ) {
			$page = array(
				'title' => __( 'Please come back in a moment', 'trellis-for-woocommerce' ),
				'html'  => '<h1>' . esc_html__( 'Please come back in a moment', 'trellis-for-woocommerce' ) . '</h1><p>' . esc_html__( 'This offer cannot be shown right now.', 'trellis-for-woocommerce' ) . '</p>',
			);
			status_header( 503 );
			header( 'Retry-After: 60' );
			nocache_headers();
		} else {
			// An address that names nothing, or nothing readable, is a page that is not there: it says so itself.
			status_header( 200 === $status ? 200 : 404 );
		}
		self::$page = $page;
		remove_action( 'template_redirect', 'redirect_canonical' );
		add_filter( 'document_title_parts', array( __CLASS__, 'title' ) );
		add_filter( 'body_class', array( __CLASS__, 'body_class' ) );
		add_action( 'wp_head', array( __CLASS__, 'head' ), 1 );
		add_filter( 'template_include', array( __CLASS__, 'template' ), 99 );
	}

	/**
	 * Title of the browser's window.
	 *
	 * @param array $parts WordPress' parts.
	 * @return array
	 */
	public static function title( $parts ) {
		$title = isset( self::$page['title'] ) ? self::$page['title'] : '';
		return array( 'title' => is_string( $title ) ? $title : '' ) + $parts;
	}

	/**
	 * Marks the page for themes.
	 *
	 * @param string[] $classes Classes of the body.
	 * @return string[]
	 */
	public static function body_class( $classes ) {
		return array_merge( array_diff( $classes, array( 'blog', 'home' ) ), array( 'woocommerce', 'woocommerce-page', 'trellis-bundle-page' ) );
	}

	/**
	 * Prints description, canonical address and what other sites show of the page.
	 */
	public static function head() {
		$page = self::$page;
		if ( isset( $page['description'] ) && is_string( $page['description'] ) ) {
			echo '<meta name="description" content="' . esc_attr( $page['description'] ) . '">' . "\n";
		}
		if ( isset( $page['head'] ) && is_string( $page['head'] ) ) {
			echo Page_Html::head( $page['head'] ); // phpcs:ignore WordPress.Security.EscapeOutput -- Filtered there.
		}
	}

	/**
	 * The content, in a block theme's template and in a classic theme's alike.
	 *
	 * @return string
	 */
	public static function content() {
		return isset( self::$page['html'] ) ? Widgets::dressed( Page_Html::body( self::$page['html'] ) ) : '';
	}

	/**
	 * The theme's frame around the content.
	 *
	 * @param string $template The theme's choice.
	 * @return string
	 */
	public static function template( $template ) {
		if ( ! function_exists( 'wp_is_block_theme' ) || ! wp_is_block_theme() ) {
			return dirname( __DIR__, 2 ) . '/views/bundle-page.php';
		}
		global $_wp_current_template_content;
		// The frame that WooCommerce's own pages have.
		$_wp_current_template_content = '<!-- wp:template-part {"slug":"header","tagName":"header"} /-->'
			. '<!-- wp:group {"tagName":"main","layout":{"type":"constrained"}} --><main class="wp-block-group">'
			. '<!-- wp:woocommerce/store-notices /--><!-- wp:trellis/bundle-page /-->'
			. '</main><!-- /wp:group --><!-- wp:template-part {"slug":"footer","tagName":"footer"} /-->';
		unset( $template );
		return ABSPATH . WPINC . '/template-canvas.php';
	}

	/**
	 * Asks the app for the page, or takes what it said a moment ago.
	 *
	 * @param string $name Name of a bundle, or `items:` with products.
	 * @return array|\WP_Error
	 */
	private static function fetch( $name ) {
		$locale  = strtolower( substr( determine_locale(), 0, 2 ) );
		$foreign = self::presentment();
		// The name is whatever somebody typed: it must not read as another page's currency.
		$key   = $locale . "\n" . implode( ' ', $foreign ) . "\n" . $name;
		$known = Kept::get( 'page', $key );
		if ( null !== $known ) {
			return $known;
		}
		$items = 0 === strpos( $name, 'items:' ) ? substr( $name, 6 ) : null;
		$path  = '/plugin/woocommerce/shopper/bundle' . ( null === $items ? '/' . rawurlencode( $name ) : '' );
		$page  = Pause::call(
			'page',
			'GET',
			$path,
			array(
				'items'  => $items,
				'locale' => $locale,
			) + $foreign,
			null,
			5.0
		);
		if ( is_array( $page ) ) {
			Kept::set( 'page', $key, $page, self::KEPT );
		}
		return $page;
	}

	/**
	 * What the shopper pays in, where that is not the shop's own currency, has an ISO 4217 code and somebody tells the rate.
	 *
	 * @return array Empty, or `currency` and `rate`.
	 */
	private static function presentment() {
		$shop     = (string) get_option( 'woocommerce_currency' );
		$currency = Exchange::currency();
		$rate     = $shop === $currency ? '' : Exchange::rate( $shop, $currency );
		return '' === $rate || ! preg_match( '/^[A-Z]{3}$/D', $currency ) ? array() : array(
			'currency' => $currency,
			'rate'     => $rate,
		);
	}

	/**
	 * Status that an error of the app stands for.
	 *
	 * @param \WP_Error $error See `Pause`.
	 * @return int
	 */
	private static function status_of( $error ) {
		$data = $error->get_error_data();
		if ( 'trellis_not_connected' === $error->get_error_code() ) {
			return 404;
		}
		return 'trellis_refused' === $error->get_error_code() && isset( $data['status'] ) ? (int) $data['status'] : 503;
	}
}
