<?php
/**
 * Prints blocks with the plugin's compiled templates: a line of JSON in, a line of JSON (a text) out. Every warning ends it.
 *
 * @package Trellis\WooCommerce
 */

use Trellis\WooCommerce\Storefront\Runtime\Renderer;

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

set_error_handler(
	static function ( $level, $message, $file, $line ) {
		throw new ErrorException( $message, 0, $level, $file, $line );
	}
);

while ( true ) {
	$text = fgets( STDIN );
	if ( false === $text ) {
		break;
	}
	// Objects stay objects, as published JSON does; only the names of the page are an array.
	$page = json_decode( $text );
	if ( null === $page ) {
		throw new InvalidArgumentException( json_last_error_msg() );
	}
	$context = array(
		'globals' => (array) $page->globals,
		'assets'  => $page->assets,
		'block'   => array(
			'id'       => $page->block->id,
			'settings' => (array) $page->block->settings,
		),
	);
	echo json_encode( Renderer::print_block( $page->template, $context ), JSON_THROW_ON_ERROR ), "\n";
}
