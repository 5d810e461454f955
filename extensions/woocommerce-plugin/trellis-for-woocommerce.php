<?php
/**
 * Plugin Name:          Trellis for WooCommerce
 * Description:          Recommendations, bundles, offers and price tests for your store, chosen from your own orders by your Trellis account.
 * Version:              0.1.0
 * Requires at least:    6.5
 * Requires PHP:         7.4
 * Requires Plugins:     woocommerce
 * WC requires at least: 9.0
 * WC tested up to:      11.0
 * Author:               Trellis
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:          trellis-for-woocommerce
 * Domain Path:          /languages
 *
 * @package Trellis\WooCommerce
 */

defined( 'ABSPATH' ) || exit;

define( 'TRELLIS_WOOCOMMERCE_VERSION', '0.1.0' );
define( 'TRELLIS_WOOCOMMERCE_FILE', __FILE__ );
// What app and plugin agreed on; the app asks for an update of a plugin of an older one. 2: codes with a bound, and the
// panel after adding asks by its name.
define( 'TRELLIS_WOOCOMMERCE_CONTRACT', 2 );

require __DIR__ . '/includes/autoload.php';

add_action(
	'before_woocommerce_init',
	static function () {
		// WooCommerce before 7.1 has no such thing to declare.
		if ( ! class_exists( '\\Automattic\\WooCommerce\\Utilities\\FeaturesUtil' ) ) {
			return;
		}
		foreach ( array( 'custom_order_tables', 'cart_checkout_blocks' ) as $feature ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( $feature, __FILE__, true );
		}
	}
);
add_action( 'woocommerce_loaded', array( 'Trellis\WooCommerce\Plugin', 'start' ) );
register_activation_hook( __FILE__, array( 'Trellis\WooCommerce\Plugin', 'activate' ) );
register_deactivation_hook( __FILE__, array( 'Trellis\WooCommerce\Plugin', 'deactivate' ) );
