<?php
/**
 * The plugin's first file in stores of several versions; prints what it hooks in and declares.
 */

define( 'ABSPATH', __DIR__ );
$asked = json_decode( file_get_contents( 'php://stdin' ), true );
define( 'WC_VERSION', $asked['version'] );
$hooks    = array();
$declared = array();
$cookies  = array();

function plugin_basename( $file ) {
	return 'trellis-for-woocommerce/' . basename( $file );
}
function add_filter( $hook, $run ) {
	$GLOBALS['hooks'][ $hook ][] = $run;
}
function add_action( $hook, $run ) {
	add_filter( $hook, $run );
}
function did_action() {
	return 0;
}
function is_admin() {
	return true;
}
function add_shortcode() {}
function register_activation_hook() {}
function register_deactivation_hook() {}
function load_plugin_textdomain() {}
function is_textdomain_loaded() {
	return true;
}
function determine_locale() {
	return 'en_US';
}
function current_user_can() {
	return true;
}
function __( $text ) {
	return $text;
}
function esc_html( $text ) {
	return $text;
}
if ( $asked['features'] ) {
	eval( 'namespace Automattic\WooCommerce\Utilities; final class FeaturesUtil { public static function declare_compatibility( $feature ) { $GLOBALS["declared"][] = $feature; } }' );
}
if ( $asked['consent'] ) {
	eval( 'function wp_add_cookie_info( ...$told ) { $GLOBALS["cookies"][ $told[0] ] = array( $told[2], $told[8] ); }' );
}
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/trellis-for-woocommerce.php';
foreach ( array( 'before_woocommerce_init', 'woocommerce_loaded' ) as $hook ) {
	foreach ( $hooks[ $hook ] as $run ) {
		call_user_func( $run );
	}
}
Trellis\WooCommerce\Plugin::declare_storage();
ob_start();
foreach ( isset( $hooks['admin_notices'] ) ? $hooks['admin_notices'] : array() as $run ) {
	if ( false !== strpos( $run[0], 'Old_Store' ) ) {
		call_user_func( $run );
	}
}
echo json_encode(
	array(
		'said'       => ob_get_clean(),
		'prices'     => isset( $hooks['woocommerce_get_shop_coupon_data'] ),
		'declared'   => $declared,
		'registered' => isset( $hooks['wp_consent_api_registered_trellis-for-woocommerce/trellis-for-woocommerce.php'] ),
		'cookies'    => (object) $cookies,
	)
);
