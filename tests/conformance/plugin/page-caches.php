<?php
/**
 * What is told to plugins that keep pages, by what was published.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

$told = array();
function do_action( $name ) {
	$GLOBALS['told'][] = $name;
	if ( 'breeze_clear_all_cache' === $name ) {
		throw new RuntimeException( 'no disk' );
	}
}
function rocket_clean_domain() {
	$GLOBALS['told'][] = __FUNCTION__;
}
function wc_get_logger() {
	return new class() {
		public function error( $message ) {
			$GLOBALS['told'][] = $message;
		}
	};
}

$by = array();
foreach ( array( 'storefront', 'settings', 'discount', 'codes' ) as $what ) {
	$told = array();
	Trellis\WooCommerce\Storefront\Page_Caches::forget( $what );
	$by[ $what ] = $told;
}
echo json_encode( $by );
