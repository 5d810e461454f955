<?php
/**
 * A page for each bundle.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Connection\Client;

defined( 'ABSPATH' ) || exit;

/**
 * `/trellis/bundle/<name>`, or `?trellis_bundle=<name>` and `?trellis_bundle=items:1,2,3`: the app writes the content, the
 * store's theme stands around it.
 */
final class Bundle_Page {

	const QUERY = 'trellis_bundle';

	const RULE = '^trellis/bundle/([^/]+)/?$';

	/** Stands while the store's addresses have been written anew lately. */
	const RENEWED = 'trellis_rules_renewed';

	/** Seconds that a page is kept. */
	const KEPT = 60;

	/**
	 * Content of the page that is asked for; null on other pages.
	 *
	 * @var array|null
	 */
	private static $page = null;

	/**
	 * Hooks the page in.
	 */
	public static function start() {
		add_action( 'init', array( __CLASS__, 'register' ) );
		add_filter( 'query_vars', array( __CLASS__, 'query_vars' ) );
		add_filter( 'posts_pre_query', array( __CLASS__, 'no_posts' ), 10, 2 );
		add_filter( 'pre_handle_404', array( __CLASS__, 'keep_found' ), 10, 2 );
		// Before canonical redirects, which would lead elsewhere, and before the theme's template is chosen.
		add_action( 'template_redirect', array( __CLASS__, 'prepare' ), 1 );
	}

	/**
	 * Registers the address, and the block that block themes show the content with.
	 */
	public static function register() {
		add_rewrite_rule( self::RULE, 'index.php?' . self::QUERY . '=$matches[1]', 'top' );
		// Rules that were written without ours, before an update for example, are written anew at the next request. Where
		// something takes ours out each time, that must not cost every request: the page is reached by its field as well.
		$rules = get_option( 'rewrite_rules' );
		if ( is_array( $rules ) && $rules && ! isset( $rules[ self::RULE ] ) && ! get_transient( self::RENEWED ) ) {
			set_transient( self::RENEWED, 1, HOUR_IN_SECONDS );
			delete_option( 'rewrite_rules' );
		}
		register_block_type(
			'trellis/bundle-page',
			array(
				'api_version'     => 3,
				'supports'        => array( 'inserter' => false ),
				'render_callback' => array( __CLASS__, 'content' ),
			)
		);
	}

	/**
	 * Lets the address's field through.
	 *
	 * @param string[] $names Known fields.
	 * @return string[]
	 */
	public static function query_vars( $names ) {
		$names[] = self::QUERY;
		return $names;
	}

	/**
	 * True on a bundle's page.
	 */
	public static function is_current() {
		return null !== self::$page;
	}

	/**
	 * The page needs no posts of the store.
	 *
	 * @param array|null $posts Null to ask the database.
	 * @param \WP_Query  $query The query.
	 * @return array|null
	 */
	public static function no_posts( $posts, $query ) {
		if ( ! $query->is_main_query() || '' === self::name( $query->get( self::QUERY ) ) ) {
			return $posts;
		}
		$query->is_home = false;
		return array();
	}

	/**
	 * No posts is nothing missing here.
	 *
	 * @param bool      $handled True to leave the status alone.
	 * @param \WP_Query $query   The query.
	 * @return bool
	 */
	public static function keep_found( $handled, $query ) {
		return $handled || '' !== self::name( $query->get( self::QUERY ) );
	}

	/**
	 * Fetches the content and says how it went before anything is printed.
	 */
	public static function prepare() {
		$name = self::name( get_query_var( self::QUERY ) );
		if ( '' === $name ) {
			return;
		}
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
	 * What is asked for; '' where it is no text.
	 *
	 * @param mixed $sent Field of the address.
	 */
	private static function name( $sent ) {
		return is_string( $sent ) ? $sent : '';
	}

	/**
	 * Asks the app for the page, or takes what it said a moment ago.
	 *
	 * @param string $name Name of a bundle, or `items:` with products.
	 * @return array|\WP_Error
	 */
	private static function fetch( $name ) {
		$locale = strtolower( substr( determine_locale(), 0, 2 ) );
		$known  = Kept::get( 'page', $locale . $name );
		if ( null !== $known ) {
			return $known;
		}
		// An app that did not answer a moment ago holds up no more of the store's processes.
		if ( get_transient( Cart_Route::DOWN ) ) {
			return new \WP_Error( 'trellis_unreachable' );
		}
		$items = 0 === strpos( $name, 'items:' ) ? substr( $name, 6 ) : null;
		$path  = '/plugin/woocommerce/shopper/bundle' . ( null === $items ? '/' . rawurlencode( $name ) : '' );
		$page  = Client::call(
			'GET',
			$path,
			array(
				'items'  => $items,
				'locale' => $locale,
			),
			null,
			5.0
		);
		if ( is_array( $page ) ) {
			Kept::set( 'page', $locale . $name, $page, self::KEPT );
		} elseif ( 'trellis_unreachable' === $page->get_error_code() ) {
			set_transient( Cart_Route::DOWN, 1, Cart_Route::REST );
		}
		return $page;
	}

	/**
	 * Status that an error of the app stands for.
	 *
	 * @param \WP_Error $error See `Client`.
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
