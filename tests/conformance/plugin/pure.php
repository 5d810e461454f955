<?php
/**
 * Answers questions about the plugin's classes that need no WordPress: one JSON line in, one out.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

$classes = array(
	'sign'       => array( 'Trellis\WooCommerce\Connection\Signature', 'sign' ),
	'address'    => array( 'Trellis\WooCommerce\Connection\App_Address', 'clean' ),
	'leads'      => array( 'Trellis\WooCommerce\Connection\App_Address', 'leads_to' ),
	'settings'   => array( 'Trellis\WooCommerce\Settings', 'parse' ),
	'connection' => array( 'Trellis\WooCommerce\Rest\Bodies', 'connection' ),
	'storefront' => array( 'Trellis\WooCommerce\Rest\Bodies', 'storefront' ),
	'lines'      => array( 'Trellis\WooCommerce\Storefront\Cart_Post', 'lines' ),
	'discount'   => array( 'Trellis\WooCommerce\Rest\Bodies', 'discount' ),
);
foreach ( json_decode( file_get_contents( 'php://stdin' ), true ) as $question ) {
	echo json_encode( call_user_func_array( $classes[ $question[0] ], $question[1] ) ), "\n";
}
