<?php
/**
 * The address of bundles' pages.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Orders\Referral;

defined( 'ABSPATH' ) || exit;

/**
 * What every request has to know of bundles' pages. The page itself is loaded only where it is asked for.
 */
final class Bundle_Address {

	const QUERY = 'trellis_bundle';

	/** Field of pages that every store has one of. */
	const PAGE = 'trellis_page';

	const PAGES = array( 'rewards', 'refer' );

	const RULE = '^trellis/bundle/([^/]+)/?$';

	/** Stands while the store's addresses have been written anew lately. */
	const RENEWED = 'trellis_rules_renewed';

	/**
	 * Hooks the address in.
	 */
	public static function start() {
		add_action( 'init', array( __CLASS__, 'register' ) );
		add_action( 'parse_request', array( __CLASS__, 'renew' ) );
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
		register_block_type(
			'trellis/bundle-page',
			array(
				'api_version'     => 3,
				'supports'        => array( 'inserter' => false ),
				'render_callback' => static function () {
					return Bundle_Page::content();
				},
			)
		);
	}

	/**
	 * Rules that were written without ours, before an update for example, are written anew at the next request. Where
	 * something takes ours out each time, that must not cost every request: the page is reached by its field as well.
	 * WordPress has read the rules by now; they are many.
	 */
	public static function renew() {
		global $wp_rewrite;
		$rules = $wp_rewrite->rules;
		if ( is_array( $rules ) && $rules && ! isset( $rules[ self::RULE ] ) && ! get_transient( self::RENEWED ) ) {
			set_transient( self::RENEWED, 1, HOUR_IN_SECONDS );
			delete_option( 'rewrite_rules' );
		}
	}

	/**
	 * Lets the address's field through.
	 *
	 * @param string[] $names Known fields.
	 * @return string[]
	 */
	public static function query_vars( $names ) {
		$names[] = self::QUERY;
		$names[] = self::PAGE;
		return $names;
	}

	/**
	 * The page needs no posts of the store.
	 *
	 * @param array|null $posts Null to ask the database.
	 * @param \WP_Query  $query The query.
	 * @return array|null
	 */
	public static function no_posts( $posts, $query ) {
		if ( ! $query->is_main_query() || ! self::is_ours( $query ) ) {
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
		return $handled || self::is_ours( $query );
	}

	/**
	 * Makes the page where one is asked for.
	 */
	public static function prepare() {
		if ( isset( $_GET['ref'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification -- A link.
			Referral::meet();
		}
		$name = self::name( get_query_var( self::QUERY ) );
		if ( '' !== $name ) {
			Bundle_Page::prepare( $name );
		} elseif ( self::is_ours( $GLOBALS['wp_query'] ) ) {
			if ( 'refer' === get_query_var( self::PAGE ) ) {
				Referral::page();
			} else {
				Rewards_Page::prepare();
			}
		}
	}

	/**
	 * True on a bundle's page.
	 */
	public static function is_current() {
		return class_exists( Bundle_Page::class, false ) && Bundle_Page::is_current();
	}

	/**
	 * True where a page of ours is asked for.
	 *
	 * @param \WP_Query $query The query.
	 */
	private static function is_ours( $query ) {
		return '' !== self::name( $query->get( self::QUERY ) ) || in_array( $query->get( self::PAGE ), self::PAGES, true );
	}

	/**
	 * What is asked for; '' where it is no text.
	 *
	 * @param mixed $sent Field of the address.
	 */
	private static function name( $sent ) {
		return is_string( $sent ) ? $sent : '';
	}
}
