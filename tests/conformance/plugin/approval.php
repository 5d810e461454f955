<?php
/**
 * Asks the plugin for addresses of WooCommerce's page of approval.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

function get_option() {
	return $GLOBALS['structure'];
}
function home_url( $path ) {
	return 'https://shop.example' . $path;
}
function add_query_arg( $fields, $url ) {
	return $url . '?' . http_build_query( $fields );
}

$written = 'https://shop.example/as-written';
$given   = array();
foreach ( array( '', false, '/%postname%/' ) as $structure ) {
	foreach ( array( 'wc-auth/v1', 'orders', null ) as $endpoint ) {
		$given[] = Trellis\WooCommerce\Connection\Approval::address( $written, $endpoint, 'access_granted' );
	}
}
echo json_encode( $given );
