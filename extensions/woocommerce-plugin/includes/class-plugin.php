<?php
/**
 * Joins the plugin's parts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * What is hooked in, and when. Each part hooks in what it needs itself; none of them works at load.
 */
final class Plugin {

	/**
	 * Runs once WooCommerce is loaded: without WooCommerce nothing of ours does.
	 */
	public static function start() {
		add_action( 'init', array( __CLASS__, 'load_translations' ) );
		Connection\Copies::start();
		Rest\Routes::start();
		Orders\Marks::start();
		Orders\Offers::start();
		Privacy\Privacy::start();
		Forget::start();
		if ( is_admin() ) {
			Admin\Page::start();
			Admin\Actions::start();
			Admin\Notices::start();
		}
		Pricing\Pricing::start();
		Storefront\Storefront::start();
	}

	/**
	 * Words in the language of the site, or of the user in the admin. A country without words of its own (de_AT) reads
	 * those of its language.
	 */
	public static function load_translations() {
		$domain = 'trellis-for-woocommerce';
		load_plugin_textdomain( $domain, false, dirname( plugin_basename( TRELLIS_WOOCOMMERCE_FILE ) ) . '/languages' );
		$locale   = determine_locale();
		$near     = array(
			'de' => 'de_DE',
			'es' => 'es_ES',
			'fr' => 'fr_FR',
			'ja' => 'ja',
		);
		$language = substr( $locale, 0, 2 );
		if ( isset( $near[ $language ] ) && ! is_textdomain_loaded( $domain ) ) {
			load_textdomain( $domain, dirname( TRELLIS_WOOCOMMERCE_FILE ) . "/languages/{$domain}-{$near[ $language ]}.mo", $locale );
		}
	}

	/**
	 * The bundle page has an address of its own: rules are written anew at the next request, when all are known.
	 */
	public static function activate() {
		delete_option( 'rewrite_rules' );
	}

	/**
	 * Stops what runs later and what we remember for a while. Settings and the connection stay for the next activation.
	 */
	public static function deactivate() {
		Forget::stop();
		delete_transient( Connection\Client::CLOCK );
		delete_transient( Admin\Health::CACHE );
		delete_transient( Admin\Numbers::CACHE );
		delete_transient( Storefront\Bundle_Page::RENEWED );
		delete_option( 'rewrite_rules' );
	}
}
