<?php
/**
 * Joins the plugin's parts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * What is hooked in, and when. None of the parts works at load, and a class is loaded when its hook runs: most requests
 * need few of them, and not every host keeps compiled PHP.
 */
final class Plugin {

	/** As the plugin's header says. */
	const LEAST_WOOCOMMERCE = '9.0';

	/** What runs when: hook, class, function, priority, number of arguments. */
	const HOOKS = array(
		array( 'init', 'Plugin', 'load_translations', 10, 0 ),
		array( 'init', 'Plugin', 'declare_storage', 20, 0 ),
		array( 'woocommerce_webhook_should_deliver', 'Connection\Copies', 'may_deliver', 10, 2 ),
		array( 'rest_api_init', 'Rest\Routes', 'register', 10, 0 ),
		array( 'woocommerce_store_api_add_to_cart_data', 'Orders\Marks', 'from_request', 10, 2 ),
		// Before others, who may have reasons of their own for a line apart.
		array( 'woocommerce_add_cart_item_data', 'Orders\Marks', 'once', 1, 3 ),
		array( 'woocommerce_checkout_create_order', 'Orders\Marks', 'mark_order', 10, 1 ),
		array( 'woocommerce_store_api_checkout_update_order_meta', 'Orders\Marks', 'mark_order', 10, 1 ),
		array( 'woocommerce_checkout_create_order_line_item', 'Orders\Marks', 'mark_line', 10, 3 ),
		array( 'woocommerce_add_to_cart', 'Orders\Referral', 'apply', 20, 0 ),
		array( 'woocommerce_checkout_create_order', 'Orders\Referral', 'mark_order', 10, 1 ),
		array( 'woocommerce_store_api_checkout_update_order_meta', 'Orders\Referral', 'mark_order', 10, 1 ),
		// The order confirmation of block themes runs the same action.
		array( 'woocommerce_thankyou', 'Orders\Points', 'show', 15, 1 ),
		array( 'woocommerce_view_order', 'Orders\Points', 'show', 15, 1 ),
		array( 'comment_post', 'Orders\Reviews', 'written', 10, 2 ),
		array( 'transition_comment_status', 'Orders\Reviews', 'judged', 10, 3 ),
		array( 'trellis_review', 'Orders\Reviews', 'tell', 10, 3 ),
		array( 'woocommerce_thankyou', 'Orders\Offers', 'thank_you', 20, 1 ),
		array( 'woocommerce_view_order', 'Orders\Offers', 'order_view', 20, 1 ),
		array( 'wp_privacy_personal_data_exporters', 'Privacy\Privacy', 'exporters', 10, 1 ),
		// Our eraser stands before WooCommerce's, which takes the address off by which orders are found.
		array( 'wp_privacy_personal_data_erasers', 'Privacy\Privacy', 'erasers', 99, 1 ),
		array( 'woocommerce_privacy_before_remove_order_personal_data', 'Privacy\Privacy', 'forget_order', 10, 1 ),
		array( 'admin_init', 'Privacy\Privacy', 'policy', 10, 0 ),
		array( 'trellis_forget_batch', 'Forget', 'batch', 10, 0 ),
		array( 'woocommerce_coupon_discount_types', 'Codes\Code_Coupons', 'types', 10, 1 ),
		array( 'woocommerce_coupon_is_valid_for_cart', 'Codes\Code_Coupons', 'is_valid_for_cart', 10, 2 ),
		array( 'woocommerce_coupon_is_valid', 'Codes\Code_Coupons', 'is_valid', 5, 3 ),
		array( 'woocommerce_coupon_get_discount_amount', 'Codes\Code_Coupons', 'all_of_it', 10, 5 ),
		array( 'woocommerce_coupon_custom_discounts_array', 'Codes\Code_Coupons', 'amounts', 10, 2 ),
		array( 'woocommerce_order_recalculate_coupons_coupon_object', 'Codes\Code_Coupons', 'recalculate', 10, 4 ),
		array( 'woocommerce_cart_loaded_from_session', 'Codes\Tier_Code', 'loaded', 20, 1 ),
		// After others have set prices of their own, and before our offers are worked out beside it.
		array( 'woocommerce_before_calculate_totals', 'Codes\Tier_Code', 'put_on', 990, 1 ),
		array( 'woocommerce_check_cart_items', 'Codes\Tier_Code', 'put_on_cart', 0, 0 ),
		array( 'woocommerce_apply_individual_use_coupon', 'Codes\Tier_Code', 'make_room', 10, 1 ),
		array( 'woocommerce_applied_coupon', 'Codes\Tier_Code', 'entered', 10, 1 ),
		array( 'woocommerce_removed_coupon', 'Codes\Tier_Code', 'taken_out', 10, 1 ),
		array( 'woocommerce_is_purchasable', 'Storefront\Access', 'is_purchasable', 20, 2 ),
		array( 'woocommerce_variation_is_purchasable', 'Storefront\Access', 'is_purchasable', 20, 2 ),
		// Between the points of a product and its form.
		array( 'woocommerce_single_product_summary', 'Storefront\Access', 'below_price', 26, 0 ),
		array( 'rest_api_init', 'Storefront\Cart_Route', 'register', 10, 0 ),
		array( 'trellis_published', 'Storefront\Cart_Route', 'forget', 10, 0 ),
		array( 'woocommerce_order_status_changed', 'Storefront\Runtime\Customer_Drop', 'forget', 10, 0 ),
	);

	/**
	 * Runs once WooCommerce is loaded: without WooCommerce nothing of ours does.
	 */
	public static function start() {
		if ( version_compare( WC_VERSION, self::LEAST_WOOCOMMERCE, '<' ) ) {
			add_action( 'admin_notices', array( Admin\Old_Store::class, 'show' ) );
			return;
		}
		foreach ( self::HOOKS as list( $hook, $part, $run, $priority, $arguments ) ) {
			add_filter( $hook, array( __NAMESPACE__ . '\\' . $part, $run ), $priority, $arguments );
		}
		Store_Api::start();
		if ( is_admin() ) {
			Admin\Page::start();
			Admin\Actions::start();
			Admin\Notices::start();
		}
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Which page it is; WooCommerce looks at the rest.
		if ( isset( $_GET['wc-auth-route'] ) ) {
			add_filter( 'woocommerce_get_endpoint_url', array( Connection\Approval::class, 'address' ), 10, 3 );
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
	 * Consent tools hear what is kept in browsers.
	 */
	public static function declare_storage() {
		if ( function_exists( 'wp_add_cookie_info' ) ) {
			Privacy\Consent_Api::declare_all();
		}
	}

	/**
	 * What each page asks for is there from the beginning: what is missing costs a question. The bundle page has an address
	 * of its own: rules are written anew at the next request, when all are known.
	 */
	public static function activate() {
		Connection\Connection::prepare();
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
		delete_transient( Storefront\Bundle_Address::RENEWED );
		delete_option( 'rewrite_rules' );
	}
}
